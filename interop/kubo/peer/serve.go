package main

import (
	"encoding/binary"
	"io"
	"os"

	"github.com/libp2p/go-libp2p/core/network"
)

// The protocols that every peer of these tests serves.
const (
	echoProtocol  = "/echo/1.0.0"            // sends back what comes, ends when the other end has
	perfProtocol  = "/perf/1.0.0"            // u64 of bytes wanted, an upload, its end; then the bytes wanted
	greetProtocol = "/cairn/interop/greet/1" // says hello and ends its writing, then reads to the end and tells how much
	resetProtocol = "/cairn/interop/reset/1" // resets the stream at its first byte
	killProtocol  = "/cairn/interop/kill/1"  // ends the process at once after the first 64 KiB
	greeting      = "hello"
	killAfter     = 1 << 16
)

func (n *node) serve() {
	n.host.SetStreamHandler(echoProtocol, func(s network.Stream) {
		defer s.Close()
		count, err := io.CopyBuffer(struct{ io.Writer }{s}, struct{ io.Reader }{s}, make([]byte, 1<<16))
		if err != nil {
			s.Reset()
			n.tell(s, count, err)
		}
	})
	n.host.SetStreamHandler(perfProtocol, func(s network.Stream) {
		defer s.Close()
		var head [8]byte
		if _, err := io.ReadFull(s, head[:]); err != nil {
			s.Reset()
			return
		}
		if _, err := io.CopyBuffer(io.Discard, struct{ io.Reader }{s}, make([]byte, 1<<16)); err != nil {
			s.Reset()
			return
		}
		if err := writeZeros(s, int64(binary.BigEndian.Uint64(head[:]))); err != nil {
			s.Reset()
		}
	})
	n.host.SetStreamHandler(greetProtocol, func(s network.Stream) {
		defer s.Close()
		s.Write([]byte(greeting))
		s.CloseWrite()
		count, err := io.Copy(io.Discard, s)
		n.tell(s, count, err)
	})
	n.host.SetStreamHandler(resetProtocol, func(s network.Stream) {
		io.ReadFull(s, make([]byte, 1))
		s.Reset()
	})
	n.host.SetStreamHandler(killProtocol, func(s network.Stream) {
		io.ReadFull(s, make([]byte, killAfter))
		os.Exit(1)
	})
}

// Says how a stream that was served has ended.
func (n *node) tell(s network.Stream, count int64, err error) {
	line := fields{
		"event": "ended", "host": n.number, "protocol": string(s.Protocol()),
		"peer": s.Conn().RemotePeer().String(), "bytes": count,
	}
	if err != nil {
		line["error"] = err.Error()
	}
	n.process.say(line)
}

var zeros = make([]byte, 1<<16)

func writeZeros(w io.Writer, count int64) error {
	for count > 0 {
		n := min(int64(len(zeros)), count)
		if _, err := w.Write(zeros[:n]); err != nil {
			return err
		}
		count -= n
	}
	return nil
}
