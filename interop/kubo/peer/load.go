package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/libp2p/go-libp2p/core/peer"
	ma "github.com/multiformats/go-multiaddr"
)

// Does something `count` times on `atOnce` threads; the first error ends it.
func inParallel(ctx context.Context, count, atOnce int, what func(ctx context.Context, worker int) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var all sync.WaitGroup
	left := make(chan struct{}, count)
	for range count {
		left <- struct{}{}
	}
	close(left)
	for worker := range max(atOnce, 1) {
		all.Add(1)
		go func() {
			defer all.Done()
			for range left {
				if ctx.Err() != nil {
					return
				}
				if err := what(ctx, worker); err != nil {
					cancel(err)
					return
				}
			}
		}()
	}
	all.Wait()
	return context.Cause(ctx)
}

// Opens streams, so many at once, each of which has some bytes sent back.
func (n *node) streams(ctx context.Context, who string, count, atOnce int, bytes int64) (fields, error) {
	start := time.Now()
	err := inParallel(ctx, count, atOnce, func(ctx context.Context, _ int) error {
		return n.echoOnce(ctx, who, bytes)
	})
	return fields{"millis": millis(start)}, err
}

// Opens streams and leaves them open and idle, after a byte went both ways.
func (n *node) hold(ctx context.Context, who string, count int) (fields, error) {
	err := inParallel(ctx, count, 8, func(ctx context.Context, _ int) error {
		s, err := n.open(ctx, who, echoProtocol)
		if err != nil {
			return err
		}
		one := []byte{1}
		if _, err := s.Write(one); err != nil {
			return err
		}
		if _, err := s.Read(one); err != nil {
			return err
		}
		s.SetDeadline(time.Time{})
		n.guard.Lock()
		n.held = append(n.held, s)
		n.guard.Unlock()
		return nil
	})
	return nil, err
}

// Another host like this one, which listens nowhere; it lives as long as this one.
func (n *node) another() (*node, error) {
	how := n.how
	how.Listen = nil
	other, err := newNode(n.process, how)
	if err != nil {
		return nil, err
	}
	n.guard.Lock()
	defer n.guard.Unlock()
	n.others = append(n.others, other)
	return other, nil
}

// Connects and hangs up again, as often and from as many hosts as told.
func (n *node) handshakes(ctx context.Context, addr string, count, atOnce int) (fields, error) {
	hosts := make([]*node, max(atOnce, 1))
	for i := range hosts {
		var err error
		if hosts[i], err = n.another(); err != nil {
			return nil, err
		}
	}
	start := time.Now()
	err := inParallel(ctx, count, len(hosts), func(ctx context.Context, worker int) error {
		c, err := hosts[worker].connect(ctx, addr)
		if err != nil {
			return err
		}
		return c.Close()
	})
	return fields{"millis": millis(start)}, err
}

// Connects from so many hosts, and stays connected: each identified and then idle.
func (n *node) connections(ctx context.Context, addr string, count int) (fields, error) {
	whole, err := ma.NewMultiaddr(addr)
	if err != nil {
		return nil, err
	}
	info, err := peer.AddrInfoFromP2pAddr(whole)
	if err != nil {
		return nil, err
	}
	start := time.Now()
	err = inParallel(ctx, count, 4, func(ctx context.Context, _ int) error {
		other, err := n.another()
		if err != nil {
			return err
		}
		// Unlike DialPeer this waits for identify.
		return other.host.Connect(ctx, *info)
	})
	return fields{"millis": millis(start)}, err
}

// What this process holds: resident kilobytes, before and after a collection, and its threads of control.
func memory() (fields, error) {
	before, err := resident()
	if err != nil {
		return nil, err
	}
	debug.FreeOSMemory()
	after, err := resident()
	return fields{"residentKb": before, "collectedKb": after, "threads": runtime.NumGoroutine()}, err
}

func resident() (int, error) {
	status, err := os.Open("/proc/self/status")
	if err != nil {
		return 0, err
	}
	defer status.Close()
	for lines := bufio.NewScanner(status); lines.Scan(); {
		if rest, ok := strings.CutPrefix(lines.Text(), "VmRSS:"); ok {
			return strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(rest, "kB")))
		}
	}
	return 0, fmt.Errorf("no VmRSS in /proc/self/status")
}
