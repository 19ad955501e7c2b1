package views

import (
	"fmt"
	"strings"

	"enlace/tenants/support"
)

// RefusedFiles says of several files that were refused which and why: foto.jpg: o arquivo passa de 5 MB; …
func RefusedFiles(all []support.Refused) string {
	said := make([]string, len(all))
	for i, one := range all {
		said[i] = one.Name + ": " + lowered(Sentence(one.Code, nil))
	}
	return strings.Join(said, "; ")
}

// KeptFiles says what became of the others.
func KeptFiles(n int) string {
	switch n {
	case 0:
		return "Nada foi incluído"
	case 1:
		return "O outro foi incluído"
	}
	return fmt.Sprintf("Os outros %d foram incluídos", n)
}
