// Prints what go-libp2p makes of private keys, a line of hex each on standard input: tables for the
// tests of `libp2p`. See README.md.
package main

import (
	"bufio"
	"encoding/hex"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"time"

	"github.com/libp2p/go-libp2p/core/crypto"
	"github.com/libp2p/go-libp2p/core/peer"
	ipnet "github.com/libp2p/go-libp2p/core/pnet"
	"github.com/libp2p/go-libp2p/core/record"
	"github.com/libp2p/go-libp2p/p2p/net/pnet"
	ma "github.com/multiformats/go-multiaddr"
)

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	switch os.Args[1] {
	case "keys":
		keys()
	case "records":
		records()
	case "private-network":
		privateNetwork()
	}
}

func each(use func(crypto.PrivKey)) {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		data, err := hex.DecodeString(in.Text())
		check(err)
		key, err := crypto.UnmarshalPrivateKey(data)
		check(err)
		use(key)
	}
}

func row(fields ...string) { fmt.Println(strings.Join(fields, "\t")) }

func keys() {
	message := []byte("the quick brown fox")
	row("# private key, public key, peer id, signature of \"" + string(message) + "\"")
	each(func(key crypto.PrivKey) {
		private, err := crypto.MarshalPrivateKey(key)
		check(err)
		public, err := crypto.MarshalPublicKey(key.GetPublic())
		check(err)
		id, err := peer.IDFromPrivateKey(key)
		check(err)
		signature, err := key.Sign(message)
		check(err)
		row(hex.EncodeToString(private), hex.EncodeToString(public), id.String(),
			hex.EncodeToString(signature))
	})
}

func records() {
	row("# peer id, sequence, addresses, envelope")
	each(func(key crypto.PrivKey) {
		id, err := peer.IDFromPrivateKey(key)
		check(err)
		texts := []string{"/ip4/192.0.2.1/tcp/4001", "/ip6/2001:db8::1/udp/4001/quic-v1", "/dns4/example.net/tcp/443/wss"}
		var addresses []ma.Multiaddr
		for _, text := range texts {
			addresses = append(addresses, ma.StringCast(text))
		}
		rec := &peer.PeerRecord{PeerID: id, Addrs: addresses, Seq: 1_700_000_000_000_000_000}
		envelope, err := record.Seal(rec, key)
		check(err)
		data, err := envelope.Marshal()
		check(err)
		row(id.String(), fmt.Sprint(rec.Seq), strings.Join(texts, " "), hex.EncodeToString(data))
	})
}

func privateNetwork() {
	row("# swarm.key with its line ends as |, what one end writes in parts, what is on the wire")
	file := "/key/swarm/psk/1.0.0/\n/base16/\n" + strings.Repeat("0123456789abcdef", 4) + "\n"
	psk, err := ipnet.DecodeV1PSK(strings.NewReader(file))
	check(err)
	near, far := net.Pipe()
	conn, err := pnet.NewProtectedConn(psk, near)
	check(err)
	parts := []string{"a", strings.Repeat("b", 63), strings.Repeat("c", 64), strings.Repeat("d", 130)}
	go func() {
		for _, part := range parts {
			_, err := conn.Write([]byte(part))
			check(err)
		}
		time.Sleep(10 * time.Millisecond)
		conn.Close()
	}()
	wire, err := io.ReadAll(far)
	check(err)
	row(strings.ReplaceAll(file, "\n", "|"), strings.Join(parts, " "), hex.EncodeToString(wire))
}
