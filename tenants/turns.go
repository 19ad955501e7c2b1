package tenants

import "slices"

// mostRows is how many rows one statement writes: SQLite takes 32,766 values, and no table has more than 30 columns.
const mostRows = 1_000

// InTurns has rows written by as many statements as they need.
func InTurns[R any](rows []R, write func([]R) error) error {
	for some := range slices.Chunk(rows, mostRows) {
		if err := write(some); err != nil {
			return err
		}
	}
	return nil
}
