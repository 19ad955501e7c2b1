package handlers

import (
	"bytes"

	"github.com/gofiber/fiber/v2"

	"enlace/tenants"
)

// sendSheet answers with a table for a spreadsheet: a line of heads, and whatever lines fill writes.
func sendSheet(c *fiber.Ctx, name string, heads []string, fill func(line func(cells ...string) error) error) error {
	var out bytes.Buffer
	sheet, err := tenants.NewSheet(&out, heads...)
	if err != nil {
		return err
	}
	if err := fill(sheet.Row); err != nil {
		return err
	}
	if err := sheet.Close(); err != nil {
		return err
	}
	asCSV(c, name)
	return c.Send(out.Bytes())
}

func asCSV(c *fiber.Ctx, name string) {
	c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+name+`"`)
}
