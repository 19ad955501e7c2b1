package handlers

import (
	"context"
	"errors"
	"io"
	"mime/multipart"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"enlace/tenants"
	"enlace/tenants/support"
)

// sending is how long a large file may be on its way; afterwards a use case has as long as it takes to keep it.
const (
	sending = 2 * time.Minute
	keeping = 30 * time.Second
)

// receive takes the body of a form with a large file, once it is known that somebody of the ISP sends it. The file goes into a temporary one,
// which ends with the request; what is small stays in the memory, and nothing else.
func (w *Web) receive(c *fiber.Ctx, most int64) error {
	if conn := c.Context().Conn(); conn != nil {
		if err := conn.SetReadDeadline(time.Now().Add(sending)); err != nil {
			return err
		}
	}
	_, err := c.Request().MultipartFormWithLimit(int(most) + formBody)
	switch {
	case errors.Is(err, fasthttp.ErrBodyTooLarge):
		c.Context().SetConnectionClose()
		return fiber.ErrRequestEntityTooLarge
	case err != nil:
		c.Context().SetConnectionClose()
		return fiber.ErrBadRequest
	}
	return nil
}

// after is the context of a use case that begins when a large file has come: the time the sender took is not its own.
func (w *Web) after(c *fiber.Ctx) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(c.UserContext()), keeping)
}

// sent is a file of a form, to be read.
type sent struct {
	multipart.File
	name string
	size int64
}

// sentFile is the file of a field, or Invalid when none was chosen.
func sentFile(c *fiber.Ctx, field string) (*sent, error) {
	form, err := c.MultipartForm()
	if err != nil || len(form.File[field]) == 0 {
		return nil, tenants.Invalid(field, "file_missing")
	}
	head := form.File[field][0]
	file, err := head.Open()
	if err != nil {
		return nil, err
	}
	return &sent{file, head.Filename, head.Size}, nil
}

// sentFiles are the files of a field that takes several, each read when its turn comes.
func sentFiles(c *fiber.Ctx, field string) (all []support.Chosen) {
	form, err := c.MultipartForm()
	if err != nil {
		return nil
	}
	for _, head := range form.File[field] {
		all = append(all, support.Chosen{Name: head.Filename, Read: func() ([]byte, error) {
			file, err := head.Open()
			if err != nil {
				return nil, err
			}
			content, err := io.ReadAll(file)
			return content, errors.Join(err, file.Close())
		}})
	}
	return all
}
