package bot

import (
	"html"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/tenants/bots"
	"enlace/tenants/messages"
	"enlace/tenants/status"
)

func TestEveryStateHasItsWords(t *testing.T) {
	for _, state := range status.States {
		if states[state] == "" {
			t.Errorf("%s has no words", state)
		}
	}
}

func TestEveryCommandOfTheMenuIsOne(t *testing.T) {
	for _, c := range slices.Concat(menuOfCommands, understoodToo) {
		if commands[c.Command] == nil || c.Description == "" {
			t.Errorf("/%s is none", c.Command)
		}
	}
	for _, b := range slices.Concat(messages.Under(messages.Menu, messages.Invoices, messages.Unblock, messages.Support), messages.ToPay(uuid.New(), true, true)) {
		for _, one := range b {
			if presses[one.Do] == nil {
				t.Errorf("[%s] under what is told unasked does nothing", one.Label)
			}
		}
	}
	for _, line := range menuKeys {
		for _, k := range line {
			if presses[k.Code] == nil {
				t.Errorf("[%s] does nothing", k.Label)
			}
		}
	}
}

func TestHowThingsAreWritten(t *testing.T) {
	if got := moment(time.Date(2026, 11, 24, 15, 10, 0, 0, time.UTC)); got != "terça, 24/11, às 15:10" {
		t.Error(got)
	}
	for in, want := range map[string]string{"529.982.247-25": "529.•••.•••-25", "": "", "1": "1"} {
		if got := maskEnds(in, 3, 2); got != want {
			t.Errorf("%s: %s", in, got)
		}
	}
	for in, want := range map[string]string{
		"Pix <copia>:\n00020126360014br.gov.bcb.pix0114+55919888800015204000053039865802BR5911FIBRA NORTE6005BELEM62070503***6304AB12\n": "Pix &lt;copia&gt;:\n<code>00020126360014br.gov.bcb.pix0114+55919888800015204000053039865802BR5911FIBRA NORTE6005BELEM62070503***6304AB12</code>\n",
		"00190.00009 01234.567890 12345.678901 2 99990000008990":                                                                         "<code>00190.00009 01234.567890 12345.678901 2 99990000008990</code>",
		"Protocolo 20261123000001. Valor: 86,90":                                                                                         "Protocolo 20261123000001. Valor: 86,90",
	} {
		if got := tapped(in); got != want {
			t.Errorf("%q", got)
		}
	}
	if got := stranger("<b>Fibra & Norte"); strings.Contains(got, "<b>Fibra") || !strings.Contains(html.UnescapeString(got), "<b>Fibra & Norte") {
		t.Error(got)
	}
}

func TestWhatSomebodyMeans(t *testing.T) {
	for words, want := range map[string]string{"quero a segunda via": "faturas", "meu CARNÊ": "carne", "a internet está lenta": "suporte", "cortaram minha internet": "desbloquear",
		"ver contrato": "contrato", "mudar de plano": "servicos", "trocar o e-mail": "meusdados", "oi": "", "obrigada": ""} {
		if got := meant(words); got != want || got != "" && (labelOf[got] == "" || commands[got] == nil) {
			t.Errorf("%q: %q", words, got)
		}
	}
	for words, want := range map[string]string{"Quanto eu devo?": "faturas", "SEGUNDA VIA, por favor": "faturas", "2ª via": "faturas", "Boleto": "faturas", "pix": "faturas", "Já paguei!!": toPaid, "Bom dia": "menu",
		"Olá, boa tarde": "menu", "Minha internet caiu 😡": "suporte", "tô sem internet": "suporte", "desbloqueio em confiança": "desbloquear", "falar com alguém": "", "minha conta veio errada": "", "": "", "obrigado": ""} {
		if thanked(words) != (words == "obrigado") {
			t.Errorf("%q thanks", words)
		}
		if got := phrased(words); got != want {
			t.Errorf("%q: %q", words, got)
		}
	}
	for verb, said := range phrases {
		for _, one := range said {
			if presses[verb] == nil || phrased(one) != verb || commands[one] != nil {
				t.Errorf("%q does not lead to %s", one, verb)
			}
		}
	}
	for words, want := range map[string]string{"falar com alguém": toAttendant, "quero um ATENDENTE": toAttendant, "cancelar a internet": toAttendant, "o que estou devendo": "faturas", "já foi pago": "faturas"} {
		if got := meant(words); got != want {
			t.Errorf("%q: %q", words, got)
		}
	}
	for typed, want := range map[string]string{"fat": "faturas", "fatura": "faturas", "s": "", "me": "", "meus": "meusdados", "boleto": ""} {
		if got := begun(typed); got != want {
			t.Errorf("/%s: %q", typed, got)
		}
	}
	for words, want := range map[string]bool{"hello, my internet is down": true, "Hola": true, "Привет": true, "你好": true, "olá, não há conexão às vezes 👍": false, "fibra nº 2, wi-fi": false} {
		if foreign(words) != want {
			t.Errorf("%q", words)
		}
	}
}

// A sentence names what an ISP may switch off only where it is left out then; and the lists of commands are those that are offered.
func TestNoSentenceNamesWhatIsSwitchedOff(t *testing.T) {
	all := slices.Concat(slices.Collect(maps.Values(refusals)), []saying{onlyPortuguese, noPlans, noDays, solvedText, fileStray, nothingSuspended, fileNowhere})
	for verb, feature := range features {
		off := bots.Face{Off: []bots.Feature{feature}, Contact: "Ligue <já>"}
		for _, s := range all {
			if said := s.to(off); strings.Contains(said, "/"+verb) || s.aside != "" && s.of == feature && strings.Contains(said, s.aside) {
				t.Errorf("without %s the bot says %q", feature, said)
			}
		}
		for _, c := range offered(slices.Concat(menuOfCommands, understoodToo), off) {
			if c.Command == verb {
				t.Errorf("without %s /%s is listed", feature, verb)
			}
		}
		for _, line := range (notes{{Text: "x", Keys: keys{row(press("x", verb), menuKey)}}}).without(off)[0].Keys {
			for _, k := range line {
				if k.Code == verb {
					t.Errorf("without %s there is a button %s", feature, verb)
				}
			}
		}
	}
	files, err := filepath.Glob("words*.go")
	if err != nil || len(files) < 10 {
		t.Fatal(files, err)
	}
	named := regexp.MustCompile(`/(carne|desbloquear|suporte|atendente|contrato)\b`)
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(text), "\n") {
			if named.MatchString(line) && !strings.Contains(line, "bots.") && !strings.HasSuffix(file, "_test.go") {
				t.Errorf("%s:%d names a command in a sentence that is no saying: %s", file, i+1, strings.TrimSpace(line))
			}
		}
	}
}

func TestEveryVerdictOfStaffHasItsWords(t *testing.T) {
	judged, err := os.ReadFile("../tenants/subscriptions/verdict.go")
	if err != nil {
		t.Fatal(err)
	}
	codes := regexp.MustCompile(`Code: "(\w+)"`).FindAllSubmatch(judged, -1)
	if len(codes) < 10 {
		t.Fatalf("%d verdicts", len(codes))
	}
	for _, code := range codes {
		if one := string(code[1]); verdicts[one] == "" && one != "cancelled" { // whose service is not shown
			t.Errorf("%s has no words", one)
		}
	}
}
