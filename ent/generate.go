package ent

// Run after any change in ent/schema, as `make schema` does; it then writes the SQL of the change.
//go:generate go run -mod=mod entgo.io/ent/cmd/ent generate --feature sql/upsert,sql/execquery --template ./template ./schema
