package boleto

// mod10 returns the check digit of módulo 10: weights 2 and 1 from the right, the digits of each product added. The parts are read as one number.
func mod10(parts ...[]byte) byte {
	sum, double := 0, true
	for p := len(parts) - 1; p >= 0; p-- {
		for i := len(parts[p]) - 1; i >= 0; i-- {
			d := int(parts[p][i] - '0')
			if double {
				d *= 2
				if d > 9 {
					d -= 9
				}
			}
			sum += d
			double = !double
		}
	}
	return byte('0' + (10-sum%10)%10)
}

// mod11 returns the remainder of módulo 11 with weights 2 to top, again and again, from the right. What 0, 1 and 10 become is each user's rule.
func mod11(top int, parts ...[]byte) int {
	sum, weight := 0, 2
	for p := len(parts) - 1; p >= 0; p-- {
		for i := len(parts[p]) - 1; i >= 0; i-- {
			sum += int(parts[p][i]-'0') * weight
			if weight++; weight > top {
				weight = 2
			}
		}
	}
	return sum % 11
}

// generalDigit returns the DV geral of a barcode, which its fifth position holds. It is never 0: remainders 0, 1 and 10 all give 1.
func generalDigit(b *[44]byte) byte {
	r := mod11(9, b[:4], b[5:])
	if r < 2 {
		return '1'
	}
	return byte('0' + 11 - r)
}

// digitOrZero turns a remainder of módulo 11 into the check digit of the banks where 10 and 11 become 0.
func digitOrZero(r int) byte {
	if r < 2 {
		return '0'
	}
	return byte('0' + 11 - r)
}

// digitOrX turns a remainder of módulo 11 into the check digit of the banks where 11 becomes 0 and 10 becomes X.
func digitOrX(r int) byte {
	if r == 1 {
		return 'X'
	}
	return digitOrZero(r)
}
