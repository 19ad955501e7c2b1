// Package files keeps bytes by id: printed documents and uploads. What is kept is never changed; a document made anew is another file.
package files

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
)

// PDF is the content type of printed documents.
const PDF = "application/pdf"

// Put keeps bytes in the caller's transaction.
func Put(ctx context.Context, c *ent.Client, now time.Time, name, contentType string, content []byte) (*ent.File, error) {
	sum := sha256.Sum256(content)
	return c.File.Create().SetName(name).SetContentType(contentType).SetSize(int64(len(content))).SetSha256(hex.EncodeToString(sum[:])).
		SetContent(content).SetCreatedAt(now).Save(ctx)
}

// Get reads a file. It returns NotFound for one that is not the ISP's.
func Get(ctx context.Context, c *ent.Client, id uuid.UUID) (*ent.File, error) {
	file, err := c.File.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, tenants.NotFound()
	}
	return file, err
}
