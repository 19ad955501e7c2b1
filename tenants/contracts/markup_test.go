package contracts

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"enlace/tenants"
	"enlace/tenants/brazil/print"
)

func TestWhatAClerkWritesBecomesADocument(t *testing.T) {
	typed := "# Contrato\n\n## Objeto\nA **PRESTADORA** fornece *tudo* a\n__{{cliente.nome}}__.\n\n- um\n- dois\n\n+ primeiro\n+ segundo\n\n> nota\n\n---\n\n| a | b |\n| c | d |\n\n5 \\* 3 * 2\n1. fica como está\n____________"
	want := "<h2>Contrato</h2>\n<h3>Objeto</h3>\n<p>A <strong>PRESTADORA</strong> fornece <em>tudo</em> a<br><u>{{cliente.nome}}</u>.</p>\n<ul><li>um</li><li>dois</li></ul>\n" +
		"<ol><li>primeiro</li><li>segundo</li></ol>\n<blockquote>nota</blockquote>\n<hr>\n<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>\n" +
		"<p>5 * 3 * 2<br>1. fica como está<br>____________</p>"
	if got := HTML(Read(typed)); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// Whatever is pasted, what is kept runs nothing and has no attribute, and reading it again changes nothing.
func TestHostileMarkupFallsAway(t *testing.T) {
	for _, typed := range []string{
		`<script>alert(1)</script>texto`, `<p onclick="x()">texto</p>`, `<img src=x onerror=alert(1)>texto`, `<a href="javascript:alert(1)">texto</a>`,
		`<svg><script>alert(1)</script></svg>texto`, `<style>p{}</style><p>texto</p>`, `<iframe src="//x"></iframe>texto`, `<p><scr<script>ipt>alert(1)</p>texto`,
		`<math><mtext></p><p title="</mtext><img src=x onerror=alert(1)>">texto`, `<h2 style="position:fixed">texto</h2>`, "tex\u202eto\u200b", `&lt;script&gt;alert(1)&lt;/script&gt; texto`,
		`<table><tr><td>texto<td></table>`, `<ul><li>a<ul><li>b</ul></ul>texto`, "\x00texto", `<p>{{<b>cliente.nome</b>}}</p>`,
	} {
		kept := HTML(Read(typed))
		for _, never := range []string{"<script", "<svg", "<img", "<a ", "<style", "<iframe", "onerror=alert(1)>", "onclick", "style=", "\u202e", "\u200b", "\x00"} {
			if strings.Contains(kept, never) {
				t.Errorf("%q keeps %q: %s", typed, never, kept)
			}
		}
		if again := HTML(Blocks(kept)); again != kept {
			t.Errorf("%s is read as %s", kept, again)
		}
		if back := HTML(Read(Markup(Blocks(kept)))); back != kept {
			t.Errorf("%s is shown as %q and read back as %s", kept, Markup(Blocks(kept)), back)
		}
	}
}

func TestADocumentIsReadBackAsItWasWritten(t *testing.T) {
	letters := rapid.StringOf(rapid.SampledFrom([]rune(`ab *_#-+>|<&{}\é•1."` + "'\u00a0")))
	text := rapid.Custom(func(t *rapid.T) print.Text {
		var all print.Text
		for range rapid.IntRange(1, 4).Draw(t, "runs") {
			all = append(all, print.Run{Letters: letters.Draw(t, "letters"), Bold: rapid.Bool().Draw(t, "bold"), Sloped: rapid.Bool().Draw(t, "sloped"), Under: rapid.Bool().Draw(t, "under")},
				print.Run{Letters: rapid.SampledFrom([]string{"", " ", "\n"}).Draw(t, "between")})
		}
		return tidy(all)
	}).Filter(func(t print.Text) bool { return len(t) > 0 })
	rapid.Check(t, func(t *rapid.T) {
		var blocks []print.Block
		for range rapid.IntRange(1, 5).Draw(t, "blocks") {
			b := print.Block{Kind: rapid.SampledFrom([]print.Kind{print.Title, print.Heading, print.Paragraph, print.Quote, print.Bullets, print.Numbers, print.Table, print.Rule}).Draw(t, "kind")}
			switch b.Kind {
			case print.Bullets, print.Numbers:
				b.Items = rapid.SliceOfN(text, 1, 3).Draw(t, "items")
			case print.Table:
				b.Rows = [][]print.Text{rapid.SliceOfN(text, 2, 2).Draw(t, "row")}
			case print.Rule:
			default:
				b.Text = text.Draw(t, "text")
			}
			blocks = append(blocks, b)
		}
		if got := Blocks(HTML(blocks)); !reflect.DeepEqual(got, blocks) {
			t.Fatalf("%#v\nis kept as %s\nand read as %#v", blocks, HTML(blocks), got)
		}
		if got := Read(Markup(blocks)); !reflect.DeepEqual(got, blocks) {
			t.Fatalf("%s\nis shown as\n%s\nand read back as\n%s", HTML(blocks), Markup(blocks), HTML(got))
		}
	})
}

func TestAFieldThatIsNoneIsNamed(t *testing.T) {
	for typed, want := range map[string]string{
		"{{cliente.nome}}, {{ hoje }}": "", "{ chave } e } } {": "", "{{cliente.apelido}}": "unknown_field cliente.apelido", "{{}}": "unknown_field ", "{{ }}": "unknown_field ",
		"{{": "open_field {{", "a {{ cliente.nome": "open_field {{ cliente.nome", "}} b": "open_field }} b", "{{cliente.nome}} }}": "open_field }}", "{{{cliente.nome}}}": "unknown_field {cliente.nome",
		"{{cliente.<b>nome</b>}}": "open_field {{cliente.", "{{a{{hoje}}": "open_field {{a{{hoje}}", "bom 😀 dia": "unprintable_sign 😀", "{{.Tenant}}": "unknown_field .Tenant", "“aspas” – € 5 ½": "",
	} {
		fault := tenants.FaultOf(check(Read(typed)))
		got := ""
		if fault != nil {
			got = fault.Fields["corpo"] + " " + fault.Args["field"] + fault.Args["sign"]
		}
		if got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}

func TestAValueStaysTextWhateverIsInIt(t *testing.T) {
	blocks := Read("**{{cliente.nome}}** e {{hoje}}")
	merge(blocks, map[string]string{"cliente.nome": `{{hoje}} <b>x</b> & "y"`, "hoje": "23/11/2026"})
	if got := HTML(blocks); got != `<p><strong>{{hoje}} &lt;b&gt;x&lt;/b&gt; &amp; &#34;y&#34;</strong> e 23/11/2026</p>` {
		t.Error(got)
	}
}

func TestClausesAreNumberedUnlessTheTemplateDoes(t *testing.T) {
	for typed, want := range map[string]string{"## Objeto\nx\n\n## Preço": "1. Objeto|2. Preço", "## 1 Objeto\nx\n\n## Preço": "1 Objeto|Preço", "## CLÁUSULA PRIMEIRA": "CLÁUSULA PRIMEIRA"} {
		blocks, got := Read(typed), []string(nil)
		number(blocks)
		for _, b := range blocks {
			if b.Kind == print.Heading {
				got = append(got, b.Text.Plain())
			}
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: %q", typed, got)
		}
	}
}

// The contract every ISP begins with is kept as a template is.
func TestTheFirstContractIsWellFormed(t *testing.T) {
	text, err := os.ReadFile("../catalog/adesao.html")
	if err != nil {
		t.Fatal(err)
	}
	body := strings.TrimSpace(string(text))
	if got := HTML(Blocks(body)); got != body {
		t.Errorf("it would be kept as %s", got)
	}
	if err := check(Blocks(body)); err != nil {
		t.Error(err)
	}
	if Markup(Blocks(body)) == "" || HTML(Read(Markup(Blocks(body)))) != body {
		t.Error("it does not come back as it was shown")
	}
}
