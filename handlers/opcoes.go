package handlers

import (
	"github.com/google/uuid"

	"enlace/tenants"
	"enlace/views"
)

// words are values as options, each with its word.
func words(kind string, values ...string) (all []views.Option) {
	for _, value := range values {
		all = append(all, views.Option{Value: value, Label: views.Word(kind, value)})
	}
	return all
}

func choices(list []tenants.Choice) []views.Option {
	return options(list, func(one tenants.Choice) (uuid.UUID, string) { return one.ID, one.Name })
}

func options[T any](rows []T, of func(T) (uuid.UUID, string)) (all []views.Option) {
	for _, row := range rows {
		id, label := of(row)
		all = append(all, views.Option{Value: id.String(), Label: label})
	}
	return all
}
