package main

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"io"
)

const period = 1_000_003

// Bytes that differ at every distance that a buffer's size could be mixed up by: the period is a prime.
var pattern = func() []byte {
	b := make([]byte, period)
	seed := uint32(1)
	for i := range b {
		seed = seed*1664525 + 1013904223
		b[i] = byte(seed >> 24)
	}
	return bytes.Repeat(b, 2)
}()

// The pattern's bytes from an offset on, `length` at most a period.
func patternAt(offset int64, length int) []byte {
	start := int(offset % period)
	return pattern[start : start+length]
}

// Reads to the end and checks that what came is the pattern.
func readPattern(r io.Reader, want int64) error {
	buffer := make([]byte, 1<<16)
	var at int64
	for {
		n, err := r.Read(buffer)
		if n > 0 && !bytes.Equal(buffer[:n], patternAt(at, n)) {
			return fmt.Errorf("other bytes than were sent, from %d on: %s", at, hex.EncodeToString(buffer[:min(n, 8)]))
		}
		at += int64(n)
		if err == io.EOF {
			if at != want {
				return fmt.Errorf("%d bytes came back of %d", at, want)
			}
			return nil
		}
		if err != nil {
			return fmt.Errorf("after %d bytes: %w", at, err)
		}
	}
}

func writePattern(w io.Writer, bytes int64) error {
	for at := int64(0); at < bytes; {
		n := int(min(1<<16, bytes-at))
		if _, err := w.Write(patternAt(at, n)); err != nil {
			return fmt.Errorf("writing after %d bytes: %w", at, err)
		}
		at += int64(n)
	}
	return nil
}
