package handlers_test

import (
	"testing"

	"enlace/handlers/handlerstest"
)

func TestMain(m *testing.M) { handlerstest.Main(m) }
