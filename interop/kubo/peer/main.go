// Peer is a go-libp2p peer that tests and benchmarks drive: one JSON object a line on standard input is a
// command, one a line on standard output its answer or an event. interop/README.md lists them.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"
)

// The time that a command has, so that nothing hangs for ever; the longest is a minute of load.
const commandTime = 3 * time.Minute

// The longest line that is read.
const maxLine = 1 << 20

type fields = map[string]any

// A command as it is read. Each `do` uses some of the other fields.
type command struct {
	Id       int      `json:"id"`
	Do       string   `json:"do"`
	Host     int      `json:"host"`
	Key      string   `json:"key"`
	Listen   []string `json:"listen"`
	Security []string `json:"security"`
	SwarmKey string   `json:"swarmKey"`
	Dns      string   `json:"dns"`
	Addr     string   `json:"addr"`
	Peer     string   `json:"peer"`
	Protocol string   `json:"protocol"`
	Bytes    int64    `json:"bytes"`
	Up       int64    `json:"up"`
	Down     int64    `json:"down"`
	Count    int      `json:"count"`
	AtOnce   int      `json:"atOnce"`
}

type process struct {
	printing sync.Mutex
	guard    sync.Mutex // of hosts
	hosts    []*node
}

func main() {
	p := &process{}
	p.say(fields{"event": "started", "pid": os.Getpid()})
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 4096), maxLine)
	for in.Scan() {
		var c command
		if err := json.Unmarshal(in.Bytes(), &c); err != nil {
			p.say(fields{"event": "misunderstood", "error": err.Error()})
			continue
		}
		if c.Do == "stop" {
			break
		}
		go p.run(c)
	}
	// Standard input ends with whoever started this: then it ends too.
	p.guard.Lock()
	defer p.guard.Unlock()
	for _, n := range p.hosts {
		n.close()
	}
}

func (p *process) say(line fields) {
	text, err := json.Marshal(line)
	if err != nil {
		text = []byte(`{"event":"unprintable"}`)
	}
	p.printing.Lock()
	defer p.printing.Unlock()
	os.Stdout.Write(append(text, '\n'))
}

func (p *process) run(c command) {
	ctx, cancel := context.WithTimeout(context.Background(), commandTime)
	defer cancel()
	answer, err := p.perform(ctx, c)
	if err != nil {
		p.say(fields{"id": c.Id, "error": err.Error()})
		return
	}
	if answer == nil {
		answer = fields{}
	}
	answer["id"] = c.Id
	p.say(answer)
}

func (p *process) perform(ctx context.Context, c command) (fields, error) {
	switch c.Do {
	case "make":
		return p.make(c)
	case "memory":
		return memory()
	}
	n, err := p.host(c.Host)
	if err != nil {
		return nil, err
	}
	switch c.Do {
	case "dial":
		return n.dial(ctx, c.Addr)
	case "hang-up":
		return nil, n.hangUp(c.Peer)
	case "peers":
		return n.peers(), nil
	case "identify":
		return n.identified(ctx, c.Peer, c.Protocol)
	case "handle":
		n.host.SetStreamHandler(protocolId(c.Protocol), resetStream)
		return nil, nil
	case "ping":
		return n.ping(ctx, c.Peer, c.Count)
	case "echo":
		return n.echo(ctx, c.Peer, c.Bytes)
	case "perf":
		return n.perf(ctx, c.Peer, c.Up, c.Down)
	case "greet":
		return n.greet(ctx, c.Peer, c.Bytes)
	case "be-reset":
		return n.beReset(ctx, c.Peer)
	case "reset":
		return n.reset(ctx, c.Peer)
	case "kill":
		return n.kill(ctx, c.Peer)
	case "streams":
		return n.streams(ctx, c.Peer, c.Count, c.AtOnce, c.Bytes)
	case "hold":
		return n.hold(ctx, c.Peer, c.Count)
	case "handshakes":
		return n.handshakes(ctx, c.Addr, c.Count, c.AtOnce)
	case "connections":
		return n.connections(ctx, c.Addr, c.Count)
	case "close":
		n.close()
		return nil, nil
	}
	return nil, fmt.Errorf("no command %q", c.Do)
}

func (p *process) host(number int) (*node, error) {
	p.guard.Lock()
	defer p.guard.Unlock()
	if number < 0 || number >= len(p.hosts) {
		return nil, errors.New("no such host: make one first")
	}
	return p.hosts[number], nil
}
