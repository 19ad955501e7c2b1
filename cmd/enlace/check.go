package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"enlace/tenants/brazil/cnab"
)

// checkCommand answers from outside what the rooms reckon: product.md §8 gives the shape of each kind.
type checkCommand struct {
	Kind  string   `arg:"" enum:"boleto,linha,pix,cpf,cnpj,fees,money,cnab" help:"boleto, linha, pix, cpf, cnpj, fees, money ou cnab"`
	Files []string `arg:"" optional:"" help:"Arquivos de retorno (cnab)."`
}

// kinds answer one line each. An error is an impossible question; a wrong CPF or linha is not one, it is an answer.
var kinds = map[string]func(line []byte) (any, error){
	"boleto": checkBoleto,
	"linha":  checkLinha,
	"pix":    checkPix,
	"cpf":    checkCPF,
	"cnpj":   checkCNPJ,
	"fees":   checkFees,
	"money":  checkMoney,
}

var errSomeLines = errors.New("há linhas com erro")

// Run fails when any line, or any file, could not be answered; the others are answered all the same.
func (c checkCommand) Run() error {
	if c.Kind == "cnab" {
		return checkFiles(c.Files, os.Stdout)
	}
	return checkLines(kinds[c.Kind], os.Stdin, os.Stdout)
}

type failure struct {
	Error string `json:"error"`
}

// byteOrderMark is what some editors put before a text.
const byteOrderMark = "\ufeff"

// checkLines writes one answer for each line, in order, and hands over what it has whenever the asker pauses.
func checkLines(answer func([]byte) (any, error), in io.Reader, out io.Writer) error {
	lines, answers := bufio.NewReaderSize(in, 1<<16), bufio.NewWriterSize(out, 1<<16)
	encoder := json.NewEncoder(answers)
	encoder.SetEscapeHTML(false)
	if mark, _ := lines.Peek(len(byteOrderMark)); string(mark) == byteOrderMark {
		lines.Discard(len(byteOrderMark))
	}
	var failed error
	for {
		line, readErr := wholeLine(lines)
		if len(line) > 0 || readErr == nil {
			result, err := answer(line)
			if err != nil {
				result, failed = failure{err.Error()}, errSomeLines
			}
			if err := encoder.Encode(result); err != nil {
				return err
			}
		}
		if lines.Buffered() == 0 || readErr != nil {
			if err := answers.Flush(); err != nil {
				return err
			}
		}
		switch {
		case readErr == io.EOF:
			return failed
		case readErr != nil:
			return readErr
		}
	}
}

// wholeLine reads up to the next line feed, however far it is. The answer is good until the next call.
func wholeLine(r *bufio.Reader) ([]byte, error) {
	line, err := r.ReadSlice('\n')
	if err == bufio.ErrBufferFull {
		long := bytes.Clone(line)
		rest, err := r.ReadBytes('\n')
		return bytes.TrimRight(append(long, rest...), "\r\n"), err
	}
	return bytes.TrimRight(line, "\r\n"), err
}

// parse reads one question; what it does not know is left aside.
func parse[T any](line []byte) (T, error) {
	var question T
	err := json.Unmarshal(line, &question)
	var kind *json.UnmarshalTypeError
	var broken *json.SyntaxError
	switch {
	case err == nil:
		return question, nil
	case errors.As(err, &broken):
		return question, fmt.Errorf("bad JSON: %w", err)
	case errors.As(err, &kind) && kind.Field == "":
		return question, fmt.Errorf("bad JSON: %s is not an object", kind.Value)
	case errors.As(err, &kind):
		return question, fmt.Errorf("field %s: %s is the wrong kind", strings.TrimPrefix(kind.Field, "."), kind.Value)
	}
	return question, err // of a value that is no date
}

// missing names the first field of the question that is not there.
func missing(fields ...any) error {
	for i := 0; i < len(fields); i += 2 {
		if !fields[i+1].(bool) {
			return fmt.Errorf("missing field %s", fields[i])
		}
	}
	return nil
}

func checkFiles(names []string, out io.Writer) error {
	encoder := json.NewEncoder(out)
	var failed error
	for _, name := range names {
		summary, err := checkFile(name)
		var answer any = summary
		if err != nil {
			answer, failed = struct {
				File string `json:"file"`
				failure
			}{name, failure{err.Error()}}, errSomeLines
		}
		if err := encoder.Encode(answer); err != nil {
			return err
		}
	}
	if len(names) == 0 {
		return errors.New("informe os arquivos: enlace check cnab ARQUIVO…")
	}
	return failed
}

// fileAnswer is the file's summary, and where it is damaged.
type fileAnswer struct {
	cnab.Summary
	Problems []cnab.Problem `json:"problems,omitempty"`
}

func checkFile(name string) (fileAnswer, error) {
	file, err := os.Open(name)
	if err != nil {
		return fileAnswer{}, err
	}
	defer file.Close()
	r, err := cnab.ReadReturn(file)
	if err != nil {
		return fileAnswer{}, err
	}
	return fileAnswer{r.Summary(name), r.Problems}, nil
}
