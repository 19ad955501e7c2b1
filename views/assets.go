package views

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"path"
	"strings"
	"sync"
)

//go:embed static
var static embed.FS

// AssetPrefix is where the browser's files are served from; a file's address holds the hash of its content, so it can be kept for ever.
const AssetPrefix = "/static/"

// sheets are our own style sheets, in the order in which they count; the browser gets them as one.
var sheets = []string{"tokens", "base", "shell", "papers", "tables", "forms", "facts", "narrow"}

// vendor are the files made by `make assets`.
var vendor = []string{"vendor/tabler.min.css", "vendor/htmx.min.js", "vendor/figtree-latin-wght-normal.woff2"}

// File is one file the browser asks for.
type File struct {
	Path    string // under AssetPrefix, with the hash
	Type    string
	Content []byte
	Gzip    []byte // nil when compressing gains nothing
}

type library struct {
	byPath map[string]*File
	byName map[string]*File
}

// Library is the browser's files by the path they are asked for. It returns an error when `make assets` has not been run.
func Library() (map[string]*File, error) {
	lib, err := shelve()
	return lib.byPath, err
}

var shelve = sync.OnceValues(func() (library, error) {
	lib := library{byPath: map[string]*File{}, byName: map[string]*File{}}
	for _, name := range append([]string{"js/enlace.js"}, vendor...) {
		content, err := static.ReadFile("static/" + name)
		if err != nil {
			return lib, fmt.Errorf("faltam os arquivos do navegador: rode make assets (%w)", err)
		}
		if err := lib.add(name, content); err != nil {
			return lib, err
		}
	}
	css, err := ownSheet()
	if err != nil {
		return lib, err
	}
	font := "vendor/figtree-latin-wght-normal.woff2"
	css = bytes.ReplaceAll(css, []byte(`url("`+font+`")`), []byte(`url("`+AssetPrefix+lib.byName[font].Path+`")`))
	return lib, lib.add("enlace.css", css)
})

func ownSheet() ([]byte, error) {
	var all bytes.Buffer
	for _, name := range sheets {
		content, err := fs.ReadFile(static, "static/css/"+name+".css")
		if err != nil {
			return nil, err
		}
		all.Write(content)
	}
	return all.Bytes(), nil
}

func (l library) add(name string, content []byte) error {
	sum := sha256.Sum256(content)
	ext := path.Ext(name)
	f := &File{
		Path:    strings.TrimSuffix(path.Base(name), ext) + "." + hex.EncodeToString(sum[:6]) + ext,
		Type:    mime.TypeByExtension(ext),
		Content: content,
	}
	if ext == ".woff2" { // it is compressed already
		f.Type = "font/woff2"
	} else {
		var b bytes.Buffer
		w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
		if err != nil {
			return err
		}
		if _, err := w.Write(content); err != nil {
			return err
		}
		if err := w.Close(); err != nil {
			return err
		}
		f.Gzip = b.Bytes()
	}
	l.byPath[f.Path], l.byName[name] = f, f
	return nil
}

// Asset is the address of one of the browser's files by its name, or an error that fails the template.
func Asset(name string) (string, error) {
	lib, err := shelve()
	if err != nil {
		return "", err
	}
	f := lib.byName[name]
	if f == nil {
		return "", fmt.Errorf("views: no file %s", name)
	}
	return AssetPrefix + f.Path, nil
}
