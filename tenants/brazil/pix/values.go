package pix

import (
	"fmt"
	"strings"

	"enlace/tenants/brazil"
)

// text takes accents off. What has no plain form is refused rather than lost, and so is what is too long.
func text(name, s string, limit int) (string, error) {
	plain, whole := brazil.ASCII(s)
	switch {
	case !whole:
		return "", fmt.Errorf("pix: %s: %w", name, ErrText)
	case plain == "":
		return "", fmt.Errorf("pix: %s: %w", name, ErrMissing)
	case len(plain) > limit:
		return "", fmt.Errorf("pix: %s: %w", name, ErrTooLong)
	}
	return plain, nil
}

// address takes https:// off, as the code wants it: host, slash and path.
func address(name, url string) (string, error) {
	bare := strings.TrimPrefix(url, "https://")
	host, path, _ := strings.Cut(bare, "/")
	outside := func(r rune) bool { return r <= ' ' || r >= 0x7f }
	if host == "" || path == "" || strings.Contains(bare, "://") || strings.ContainsFunc(bare, outside) {
		return "", fmt.Errorf("pix: %s: %w", name, ErrURL)
	}
	if len(bare) > maxURL {
		return "", fmt.Errorf("pix: %s: %w", name, ErrTooLong)
	}
	return bare, nil
}

func isLetterOrDigit(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
}
