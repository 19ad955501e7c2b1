package customers

// Town is a city, or a district, as it is looked for, whichever capitals and accents it is typed with.
func Town(name string) string { return town(name) }
