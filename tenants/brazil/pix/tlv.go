package pix

import "fmt"

// field writes id, length and value; no value of a code is longer than 99 bytes.
func field(id, value string) string {
	n := len(value)
	return id + string([]byte{byte('0' + n/10), byte('0' + n%10)}) + value
}

// signed appends the CRC, which counts its own id and length.
func signed(payload string) string {
	payload += crcHead
	return payload + crc(payload)
}

const (
	crcHead   = "6304"
	crcLength = len(crcHead) + 4
)

// crc returns CRC-16/CCITT-FALSE (polynomial 1021, start FFFF) in four upper-case hexadecimal digits.
func crc(s string) string {
	sum := uint16(0xFFFF)
	for i := range len(s) {
		sum ^= uint16(s[i]) << 8
		for range 8 {
			if sum&0x8000 != 0 {
				sum = sum<<1 ^ 0x1021
			} else {
				sum <<= 1
			}
		}
	}
	return fmt.Sprintf("%04X", sum)
}

// cut reads fields one after the other until the text ends or stops being fields. The ids of fields seen twice make it no text of fields either.
func cut(s string) (fields map[string]string, whole bool) {
	fields = map[string]string{}
	for s != "" {
		if len(s) < 4 || !digits(s[:4]) {
			return fields, false
		}
		id, n := s[:2], int(s[2]-'0')*10+int(s[3]-'0')
		if _, twice := fields[id]; twice || len(s) < 4+n {
			return fields, false
		}
		fields[id] = s[4 : 4+n]
		s = s[4+n:]
	}
	return fields, true
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
