package support

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strconv"

	"enlace/tenants"
)

// MostAtOnce is how many files are attached at once.
const MostAtOnce = 10

// Chosen is a file of several; it is read when its turn comes, so that only one is in memory.
type Chosen struct {
	Name string
	Read func() ([]byte, error)
}

// Refused is a file of several that was not kept, and the code of why.
type Refused struct{ Name, Code string }

// AttachEach is Attach for each of several files, which have all else in common: one that is refused keeps none of the others. The same file sent
// again with the same form is kept once. It returns how many were kept and which were not; Invalid of arquivo for no file at all and for more than
// MostAtOnce; and the errors of Attach that are not of a file.
func (d Desk) AttachEach(ctx context.Context, in Attached, all []Chosen) (kept int, refused []Refused, err error) {
	switch {
	case len(all) == 0:
		return 0, nil, tenants.Invalid("arquivo", "file_missing")
	case len(all) > MostAtOnce:
		return 0, nil, tenants.Invalid("arquivo", "files_many").With("most", strconv.Itoa(MostAtOnce))
	}
	form := in.Key
	for _, one := range all {
		if in.Content, err = one.Read(); err != nil {
			return kept, refused, err
		}
		if in.Name = one.Name; form != "" {
			in.Key = fmt.Sprintf("%s/%x", form, sha256.Sum256(append([]byte(in.Name+"\x00"), in.Content...)))
		}
		err := d.Attach(ctx, in)
		if fault := tenants.FaultOf(err); fault != nil && fault.Fields["arquivo"] != "" {
			refused = append(refused, Refused{one.Name, fault.Fields["arquivo"]})
		} else if err != nil {
			return kept, refused, err
		} else {
			kept++
		}
	}
	return kept, refused, nil
}
