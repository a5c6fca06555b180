package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"net"
	"strings"
	"sync"
	"time"

	"github.com/libp2p/go-libp2p"
	"github.com/libp2p/go-libp2p/core/connmgr"
	"github.com/libp2p/go-libp2p/core/crypto"
	"github.com/libp2p/go-libp2p/core/event"
	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/pnet"
	"github.com/libp2p/go-libp2p/core/protocol"
	"github.com/libp2p/go-libp2p/p2p/muxer/yamux"
	"github.com/libp2p/go-libp2p/p2p/net/swarm"
	"github.com/libp2p/go-libp2p/p2p/security/noise"
	libp2ptls "github.com/libp2p/go-libp2p/p2p/security/tls"
	quic "github.com/libp2p/go-libp2p/p2p/transport/quic"
	"github.com/libp2p/go-libp2p/p2p/transport/tcp"
	"github.com/libp2p/go-libp2p/p2p/transport/websocket"
	madns "github.com/multiformats/go-multiaddr-dns"
)

// A node is one libp2p host of this process, with what it was told by identify.
type node struct {
	process *process
	number  int
	host    host.Host
	how     command

	guard  sync.Mutex // of what is below
	told   map[peer.ID]event.EvtPeerIdentificationCompleted
	others []*node // hosts that `connections` made
	held   []network.Stream
}

func protocolId(name string) protocol.ID { return protocol.ID(name) }

func resetStream(s network.Stream) { s.Reset() }

// Makes a host that listens, tells what it is, and serves.
func (p *process) make(c command) (fields, error) {
	n, err := newNode(p, c)
	if err != nil {
		return nil, err
	}
	n.serve()
	p.guard.Lock()
	n.number = len(p.hosts)
	p.hosts = append(p.hosts, n)
	p.guard.Unlock()
	addresses := []string{}
	for _, a := range n.host.Addrs() {
		addresses = append(addresses, a.String()+"/p2p/"+n.host.ID().String())
	}
	return fields{"host": n.number, "peer": n.host.ID().String(), "addrs": addresses}, nil
}

func newNode(p *process, c command) (*node, error) {
	key, err := newKey(c.Key)
	if err != nil {
		return nil, err
	}
	certificate, err := newCertificate()
	if err != nil {
		return nil, err
	}
	options := []libp2p.Option{
		libp2p.Identity(key),
		libp2p.UserAgent("cairn-interop-go"),
		libp2p.ListenAddrStrings(c.Listen...),
		libp2p.Muxer(yamux.ID, yamux.DefaultTransport),
		libp2p.Transport(tcp.NewTCPTransport),
		libp2p.Transport(websocket.New,
			websocket.WithTLSConfig(&tls.Config{Certificates: []tls.Certificate{certificate}}),
			websocket.WithTLSClientConfig(&tls.Config{InsecureSkipVerify: true})),
		// What is measured is the peer at the other end, never a limit of this one.
		libp2p.ResourceManager(&network.NullResourceManager{}),
		libp2p.ConnectionManager(connmgr.NullConnMgr{}),
		libp2p.DisableRelay(),
		libp2p.DisableMetrics(),
		libp2p.DisableIdentifyAddressDiscovery(),
	}
	if len(c.Listen) == 0 {
		options = append(options, libp2p.NoListenAddrs)
	}
	securities := c.Security
	if len(securities) == 0 {
		securities = []string{"tls", "noise"}
	}
	for _, s := range securities {
		switch s {
		case "tls":
			options = append(options, libp2p.Security(libp2ptls.ID, libp2ptls.New))
		case "noise":
			options = append(options, libp2p.Security(noise.ID, noise.New))
		default:
			return nil, fmt.Errorf("no security %q", s)
		}
	}
	if c.SwarmKey == "" {
		options = append(options, libp2p.Transport(quic.NewTransport))
	} else {
		psk, err := pnet.DecodeV1PSK(strings.NewReader(c.SwarmKey))
		if err != nil {
			return nil, err
		}
		options = append(options, libp2p.PrivateNetwork(psk))
	}
	if c.Dns != "" {
		resolver, err := newResolver(c.Dns)
		if err != nil {
			return nil, err
		}
		options = append(options, libp2p.MultiaddrResolver(resolver))
	}
	h, err := libp2p.New(options...)
	if err != nil {
		return nil, err
	}
	n := &node{process: p, host: h, how: c, told: map[peer.ID]event.EvtPeerIdentificationCompleted{}}
	return n, n.listenToIdentify()
}

func (n *node) listenToIdentify() error {
	completed, err := n.host.EventBus().Subscribe(new(event.EvtPeerIdentificationCompleted))
	if err != nil {
		return err
	}
	// What a peer said on an earlier connection answers no later question.
	n.host.Network().Notify(&network.NotifyBundle{DisconnectedF: func(_ network.Network, c network.Conn) {
		n.guard.Lock()
		defer n.guard.Unlock()
		if told, ok := n.told[c.RemotePeer()]; ok && told.Conn == c {
			delete(n.told, c.RemotePeer())
		}
	}})
	go func() {
		for e := range completed.Out() {
			told := e.(event.EvtPeerIdentificationCompleted)
			n.guard.Lock()
			n.told[told.Peer] = told
			n.guard.Unlock()
		}
	}()
	return nil
}

func (n *node) close() {
	n.guard.Lock()
	others := n.others
	n.others = nil
	n.guard.Unlock()
	for _, other := range others {
		other.close()
	}
	n.host.Close()
}

func newKey(kind string) (crypto.PrivKey, error) {
	var key crypto.PrivKey
	var err error
	switch kind {
	case "", "ed25519":
		key, _, err = crypto.GenerateEd25519Key(rand.Reader)
	case "rsa":
		key, _, err = crypto.GenerateRSAKeyPair(2048, rand.Reader)
	case "secp256k1":
		key, _, err = crypto.GenerateSecp256k1Key(rand.Reader)
	case "ecdsa":
		key, _, err = crypto.GenerateECDSAKeyPair(rand.Reader)
	default:
		err = fmt.Errorf("no key type %q", kind)
	}
	return key, err
}

// A certificate of its own for secure WebSocket; who dials checks the peer, not this.
func newCertificate() (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	form := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		Subject:      pkix.Name{CommonName: "localhost"},
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().Add(24 * time.Hour),
		DNSNames:     []string{"localhost"},
		IPAddresses:  []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
	}
	der, err := x509.CreateCertificate(rand.Reader, form, form, &key.PublicKey, key)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, err
}

// A resolver that asks one server alone, by UDP.
func newResolver(server string) (network.MultiaddrDNSResolver, error) {
	asks := &net.Resolver{
		PreferGo: true,
		Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
			var d net.Dialer
			return d.DialContext(ctx, "udp", server)
		},
	}
	resolver, err := madns.NewResolver(madns.WithDefaultResolver(asks))
	return swarm.ResolverFromMaDNS{Resolver: resolver}, err
}
