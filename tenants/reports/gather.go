package reports

// gather puts each row on a line for every name it stands under, and on the line of all once.
func gather[Row, Line any](rows []Row, names func(Row) []string, begin func(name string) Line, add func(*Line, Row)) (lines []Line, all Line) {
	at := map[string]int{}
	for _, row := range rows {
		add(&all, row)
		for _, name := range names(row) {
			i, begun := at[name]
			if !begun {
				i = len(lines)
				at[name], lines = i, append(lines, begin(name))
			}
			add(&lines[i], row)
		}
	}
	return lines, all
}

// oneName is the name of rows that stand under one.
func oneName[Row any](name func(Row) string) func(Row) []string {
	return func(row Row) []string { return []string{name(row)} }
}
