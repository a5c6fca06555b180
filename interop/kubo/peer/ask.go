package main

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/libp2p/go-libp2p/core/event"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/protocol"
	"github.com/libp2p/go-libp2p/core/record"
	"github.com/libp2p/go-libp2p/p2p/protocol/ping"
	ma "github.com/multiformats/go-multiaddr"
)

const identifyTime = 15 * time.Second

func millis(from time.Time) float64 { return float64(time.Since(from).Microseconds()) / 1000 }

// Dials one address, and no other that may be known of the peer.
func (n *node) connect(ctx context.Context, addr string) (network.Conn, error) {
	whole, err := ma.NewMultiaddr(addr)
	if err != nil {
		return nil, err
	}
	info, err := peer.AddrInfoFromP2pAddr(whole)
	if err != nil {
		return nil, err
	}
	n.host.Peerstore().ClearAddrs(info.ID)
	n.host.Peerstore().AddAddrs(info.ID, info.Addrs, time.Minute)
	return n.host.Network().DialPeer(ctx, info.ID)
}

func (n *node) dial(ctx context.Context, addr string) (fields, error) {
	start := time.Now()
	c, err := n.connect(ctx, addr)
	if err != nil {
		return nil, err
	}
	took := millis(start)
	state := c.ConnState()
	return fields{
		"peer": c.RemotePeer().String(), "transport": state.Transport,
		"security": string(state.Security), "muxer": string(state.StreamMultiplexer),
		"earlyMuxer": state.UsedEarlyMuxerNegotiation,
		"local":      c.LocalMultiaddr().String(), "remote": c.RemoteMultiaddr().String(), "millis": took,
	}, nil
}

func (n *node) hangUp(who string) error {
	id, err := peer.Decode(who)
	if err != nil {
		return err
	}
	return n.host.Network().ClosePeer(id)
}

func (n *node) peers() fields {
	ids := []string{}
	for _, id := range n.host.Network().Peers() {
		ids = append(ids, id.String())
	}
	return fields{"peers": ids}
}

// What the peer said of itself last; where a protocol is given, once it says that it speaks it.
func (n *node) identified(ctx context.Context, who, wanted string) (fields, error) {
	id, err := peer.Decode(who)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, identifyTime)
	defer cancel()
	for {
		n.guard.Lock()
		told, ok := n.told[id]
		n.guard.Unlock()
		if ok && (wanted == "" || speaks(told.Protocols, wanted)) {
			return describe(told), nil
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("not identified within %v (%v before)", identifyTime, ok)
		case <-time.After(5 * time.Millisecond):
		}
	}
}

func speaks(protocols []protocol.ID, wanted string) bool {
	for _, p := range protocols {
		if string(p) == wanted {
			return true
		}
	}
	return false
}

func describe(told event.EvtPeerIdentificationCompleted) fields {
	protocols, addresses := []string{}, []string{}
	for _, p := range told.Protocols {
		protocols = append(protocols, string(p))
	}
	for _, a := range told.ListenAddrs {
		addresses = append(addresses, a.String())
	}
	f := fields{
		"agent": told.AgentVersion, "protocolVersion": told.ProtocolVersion,
		"protocols": protocols, "addrs": addresses,
	}
	if told.ObservedAddr != nil {
		f["observed"] = told.ObservedAddr.String()
	}
	if told.SignedPeerRecord != nil {
		f["record"] = recordOf(told.SignedPeerRecord)
	}
	return f
}

// The addresses of a signed record whose signature and owner hold.
func recordOf(envelope *record.Envelope) []string {
	r, err := envelope.Record()
	if err != nil {
		return nil
	}
	addresses := []string{}
	if p, ok := r.(*peer.PeerRecord); ok && p.PeerID.MatchesPublicKey(envelope.PublicKey) {
		for _, a := range p.Addrs {
			addresses = append(addresses, a.String())
		}
	}
	return addresses
}

func (n *node) ping(ctx context.Context, who string, count int) (fields, error) {
	id, err := peer.Decode(who)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	results := ping.Ping(network.WithNoDial(ctx, "ping"), n.host, id)
	took := []float64{}
	for range max(count, 1) {
		r := <-results
		if r.Error != nil {
			return nil, r.Error
		}
		took = append(took, float64(r.RTT.Microseconds())/1000)
	}
	return fields{"millis": took}, nil
}

func (n *node) open(ctx context.Context, who string, name protocol.ID) (network.Stream, error) {
	id, err := peer.Decode(who)
	if err != nil {
		return nil, err
	}
	s, err := n.host.NewStream(network.WithNoDial(ctx, "test"), id, name)
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", name, err)
	}
	if deadline, ok := ctx.Deadline(); ok {
		s.SetDeadline(deadline)
	}
	return s, nil
}

// Sends bytes and has them sent back at the same time, and checks each.
func (n *node) echo(ctx context.Context, who string, bytes int64) (fields, error) {
	start := time.Now()
	if err := n.echoOnce(ctx, who, bytes); err != nil {
		return nil, err
	}
	return fields{"millis": millis(start)}, nil
}

func (n *node) echoOnce(ctx context.Context, who string, bytes int64) error {
	s, err := n.open(ctx, who, echoProtocol)
	if err != nil {
		return err
	}
	wrote := make(chan error, 1)
	go func() {
		err := writePattern(s, bytes)
		if err == nil {
			err = s.CloseWrite()
		}
		wrote <- err
	}()
	if err := readPattern(s, bytes); err != nil {
		s.Reset()
		return err
	}
	if err := <-wrote; err != nil {
		s.Reset()
		return err
	}
	return s.Close()
}

func (n *node) perf(ctx context.Context, who string, up, down int64) (fields, error) {
	s, err := n.open(ctx, who, perfProtocol)
	if err != nil {
		return nil, err
	}
	defer s.Reset()
	start := time.Now()
	var head [8]byte
	binary.BigEndian.PutUint64(head[:], uint64(down))
	if _, err := s.Write(head[:]); err != nil {
		return nil, err
	}
	if err := writeZeros(s, up); err != nil {
		return nil, err
	}
	if err := s.CloseWrite(); err != nil {
		return nil, err
	}
	buffer := make([]byte, 1<<16)
	var got int64
	first := time.Time{}
	for {
		k, err := s.Read(buffer)
		if first.IsZero() {
			first = time.Now()
		}
		got += int64(k)
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
	}
	if got != down {
		return nil, fmt.Errorf("%d bytes came of %d", got, down)
	}
	return fields{"upMillis": float64(first.Sub(start).Microseconds()) / 1000, "downMillis": millis(first)}, nil
}

// The other end finishes its writing first, and must still read all that is sent then.
func (n *node) greet(ctx context.Context, who string, bytes int64) (fields, error) {
	s, err := n.open(ctx, who, greetProtocol)
	if err != nil {
		return nil, err
	}
	// The proposal of the protocol waits for the first byte that is written.
	if _, err := s.Write([]byte{0}); err != nil {
		return nil, err
	}
	said, err := io.ReadAll(io.LimitReader(s, 100))
	if err != nil {
		return nil, err
	}
	if string(said) != greeting {
		return nil, fmt.Errorf("said %q", said)
	}
	if err := writePattern(s, bytes-1); err != nil {
		return nil, err
	}
	return nil, s.Close()
}

// The other end resets the stream: reading must say so, and not that it ended.
func (n *node) beReset(ctx context.Context, who string) (fields, error) {
	s, err := n.open(ctx, who, resetProtocol)
	if err != nil {
		return nil, err
	}
	defer s.Reset()
	if _, err := s.Write([]byte{1}); err != nil {
		return nil, err
	}
	_, err = io.ReadAll(s)
	if !errors.Is(err, network.ErrReset) {
		return nil, fmt.Errorf("not reset but %v", err)
	}
	return fields{"said": err.Error()}, nil
}

// This end resets a stream in the middle of an echo.
func (n *node) reset(ctx context.Context, who string) (fields, error) {
	s, err := n.open(ctx, who, echoProtocol)
	if err != nil {
		return nil, err
	}
	if err := writePattern(s, 1000); err != nil {
		return nil, err
	}
	if _, err := io.ReadFull(s, make([]byte, 1000)); err != nil {
		return nil, err
	}
	return nil, s.Reset()
}

// Has the other process end in the middle of a stream: reading must fail, soon.
func (n *node) kill(ctx context.Context, who string) (fields, error) {
	s, err := n.open(ctx, who, killProtocol)
	if err != nil {
		return nil, err
	}
	defer s.Reset()
	start := time.Now()
	if err := writePattern(s, killAfter); err != nil {
		return nil, err
	}
	_, err = io.ReadAll(s)
	if err == nil || strings.Contains(err.Error(), "deadline") {
		return nil, fmt.Errorf("the end was not noticed: %v", err)
	}
	return fields{"millis": millis(start), "said": err.Error()}, nil
}
