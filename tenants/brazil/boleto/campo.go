package boleto

// campo is a campo livre in the making. It keeps the first error, so that a bank's file reads as its manual does: field after field.
type campo struct {
	digits [25]byte
	n      int
	err    error
}

// put appends a number given as text, filled with zeros on the left.
func (c *campo) put(field, value string, width int) {
	if c.err != nil {
		return
	}
	if value == "" {
		c.refuse(field, ErrMissing)
		return
	}
	if i := firstNonDigit(value); i >= 0 {
		c.err = &Error{Field: field, Position: i + 1, Err: ErrNotDigit}
		return
	}
	if len(value) > width {
		c.refuse(field, ErrTooLong)
		return
	}
	for range width - len(value) {
		c.digit('0')
	}
	c.add(value)
}

// putOr is put with a value for when the field is left out.
func (c *campo) putOr(field, value, otherwise string, width int) {
	if value == "" {
		value = otherwise
	}
	c.put(field, value, width)
}

// add appends digits known to be digits.
func (c *campo) add(digits string) { c.n += copy(c.digits[c.n:], digits) }

func (c *campo) digit(d byte) {
	if c.n < len(c.digits) {
		c.digits[c.n] = d
		c.n++
	}
}

// refuse records that a field as a whole is wrong, unless an earlier one already was.
func (c *campo) refuse(field string, err error) {
	if c.err == nil {
		c.err = &Error{Field: field, Err: err}
	}
}

// firstNonDigit returns the index of the first byte that is not 0 to 9, or -1.
func firstNonDigit(s string) int {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return i
		}
	}
	return -1
}

// putNumber writes n over the whole of out, with zeros on the left.
func putNumber(out []byte, n uint64) {
	for i := len(out) - 1; i >= 0; i-- {
		out[i] = byte('0' + n%10)
		n /= 10
	}
}
