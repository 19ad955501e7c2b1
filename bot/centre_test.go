package bot_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"enlace/bot/bottest"
	"enlace/ent"
	"enlace/ent/attachment"
	"enlace/ent/contact"
	"enlace/ent/contract"
	"enlace/ent/history"
	"enlace/ent/invoice"
	"enlace/ent/plan"
	"enlace/ent/slip"
	"enlace/ent/ticketentry"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/outages"
	"enlace/tenants/support"
)

func TestMariaPaysByTheQRCodeOfHerPix(t *testing.T) {
	onEachStore(t, func(s *stage) {
		maria := s.maria()
		maria.Play(`
			Maria: /servicos
			Bot: Serviços Contratados:
			| [Faturas] [Suporte]
			Maria > Faturas
			Bot: Você tem 7 faturas abertas.
			Bot: R$ 89,90
			Bot: R$ 89,90
			| [Copiar Pix] [Boleto em PDF]
			| [Linha digitável] [Entender o valor]
			| [Ver todas as faturas]
			Maria > Copiar Pix
			Bot: Código Pix de R$ 89,90.
			| [QR Code] [Menu]`)
		maria.Presses("QR Code")
		said := maria.Next()
		for said.Toast {
			said = maria.Next()
		}
		var want string
		s.Read(func(ctx context.Context, c *ent.Client) error {
			due := c.Invoice.Query().Where(invoice.CustomerID(s.Maria.ID), invoice.Due(calendar.On(2027, 2, 10))).OnlyX(ctx)
			want = c.Slip.Query().Where(slip.InvoiceID(due.ID), slip.CancelledAtIsNil()).OnlyX(ctx).PixPayload
			return nil
		})
		picture := filepath.Join(t.TempDir(), "pix.png")
		if err := os.WriteFile(picture, said.Document, 0o600); err != nil {
			t.Fatal(err)
		}
		read, err := exec.Command("zbarimg", "-q", "--raw", "-Sdisable", "-Sqrcode.enable", picture).Output()
		if got := strings.TrimSpace(string(read)); err != nil || got != want || want == "" || said.Name != "Pix.png" || !strings.HasPrefix(said.Text, "QR Code do Pix de") {
			t.Errorf("%s %q reads as %q, want %q (%v)", said.Name, said.Text, got, want, err)
		}
		s.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Invoice.Update().Where(invoice.CustomerID(s.Maria.ID)).SetPaidAt(s.DB.Now()).Exec(ctx)
		})
		maria.Play(`
			Maria > QR Code
			Bot: Esta fatura já está paga. Obrigado!
			| [Menu]`)
	})
}

// photo is a picture as a telephone makes it.
func photo(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestMariaSendsPhotosAndVoiceIntoHerTicket(t *testing.T) {
	onEachStore(t, func(s *stage) {
		maria, picture := s.maria(), photo(t)
		voice := append([]byte("OggS\x00\x02\x00\x00\x00\x00\x00\x00\x00\x00 ... OpusHead"), make([]byte, 200)...)
		s.telegram.Lies("p1", picture)
		s.telegram.Lies("v1", voice)
		s.telegram.Lies("d1", []byte("MZ a program"))
		maria.Sends(`"photo":[{"file_id":"p1","file_unique_id":"x","width":40,"height":30,"file_size":120}]`)
		maria.Play(`
			Bot: Não há atendimento aberto em que eu possa guardar isso. Abra um em Suporte e mande de novo
			| [Suporte] [Menu]
			Maria > Suporte
			Bot edits: Atendimento para Fibra 500 Mega.`)
		maria.Sends(`"caption":"a luz está vermelha","photo":[{"file_id":"p0","file_unique_id":"x","width":4,"height":3},{"file_id":"p1","file_unique_id":"x","width":40,"height":30,"file_size":120}]`)
		maria.Play(`
			Bot: Atendimento aberto. Seu protocolo é
			Bot: Recebi a foto; está no protocolo
			| [Menu]`)
		maria.Sends(`"voice":{"file_id":"v1","file_unique_id":"x","duration":3,"mime_type":"audio/ogg","file_size":220}`)
		maria.Play(`
			Bot: Recebi o áudio; está no protocolo`)
		maria.Sends(`"document":{"file_id":"d1","file_unique_id":"x","file_name":"conta.pdf","file_size":12}`)
		maria.Play(`
			Bot: Esse tipo de arquivo eu não consigo guardar. Mande foto, áudio ou PDF.`)
		maria.Sends(`"photo":[{"file_id":"p9","file_unique_id":"x","width":4000,"height":3000,"file_size":20971521}]`)
		maria.Play(`
			Bot: Esse arquivo passa de 20 MB e não consigo recebê-lo.
			| [Cancelar]`)
		maria.Sends(`"photo":[{"file_id":"p8","file_unique_id":"x","width":40,"height":30}]`) // Telegram has lost it
		maria.Play(`
			Bot: Não consegui buscar esse arquivo no Telegram.
			Maria: e o modem apita
			Bot: Recebido. Sua resposta está no protocolo
			Maria: /suporte
			Bot: Atendimento para
			Maria > 23/11: a luz está vermelha
			Bot edits: Protocolo
			| a luz está vermelha
			| Foto.png
			| Áudio.ogg
			Maria > Responder
			Bot: Escreva em uma mensagem a sua resposta`)
		s.telegram.Fail("file", bottest.Failure{Code: 502})
		maria.Sends(`"photo":[{"file_id":"p1","file_unique_id":"x","width":40,"height":30,"file_size":120}]`)
		maria.Play(`
			Bot: Recebi a foto; está no protocolo`)
		s.Read(func(ctx context.Context, c *ent.Client) error {
			row := c.Ticket.Query().OnlyX(ctx)
			if row.Opening != "a luz está vermelha" || len(row.Diagnosis) == 0 {
				t.Errorf("%+v", row)
			}
			all := c.Attachment.Query().Where(attachment.TicketID(row.ID)).Order(attachment.ByAt(), attachment.ByID()).AllX(ctx)
			if len(all) != 3 {
				t.Fatalf("%d files", len(all))
			}
			for i, want := range []struct {
				kind  attachment.Kind
				is    string
				bytes []byte
			}{{attachment.KindPhoto, "image/png", picture}, {attachment.KindDocument, "audio/ogg", voice}, {attachment.KindPhoto, "image/png", picture}} {
				if file := c.File.GetX(ctx, all[i].FileID); all[i].Kind != want.kind || all[i].UserID != nil || file.ContentType != want.is || !bytes.Equal(file.Content, want.bytes) {
					t.Errorf("%d: %v %s, %d bytes", i, all[i], file.ContentType, len(file.Content))
				}
			}
			if n := c.TicketEntry.Query().Where(ticketentry.TicketID(row.ID), ticketentry.Shared(true), ticketentry.UserIDIsNil()).CountX(ctx); n != 5 {
				t.Errorf("%d entries of hers", n)
			}
			return nil
		})
		card, err := support.Desk{DB: s.DB}.Ticket(s.As("suporte"), s.ticket().ID)
		if err != nil || len(card.Files) != 3 {
			t.Errorf("staff see %v, %v", card, err)
		}
	})
}

// ticket is the one there is.
func (s *stage) ticket() (row *ent.Ticket) {
	s.Read(func(ctx context.Context, c *ent.Client) error { row = c.Ticket.Query().OnlyX(ctx); return nil })
	return row
}

func TestTheBotDiagnosesAsStaffDo(t *testing.T) {
	onEachStore(t, func(s *stage) {
		maria, sub := s.maria(), s.Service(s.Maria)
		maria.Play(`
			Maria: /suporte
			Bot: Atendimento para Fibra 500 Mega.
			| Seu aparelho ainda não se conectou à nossa rede.
			| Resolveu?
			| [Já resolveu] [Continua sem funcionar]
			Maria > Já resolveu
			Bot edits: Que bom!
			| [Menu]`)
		began := s.DB.Now().Add(-3 * time.Hour)
		s.Write(func(ctx context.Context, c *ent.Client) error {
			at := c.Nas.Query().FirstIDX(ctx)
			return c.Connection.Create().SetNasID(at).SetSubscriptionID(sub.ID).SetCustomerID(s.Maria.ID).SetLogin("maria@fibranorte").SetAcctSessionID("1").SetStartedAt(began).SetUpdatedAt(began).Exec(ctx)
		})
		maria.Play(`
			Maria: /suporte
			Bot: Atendimento para
			| Daqui vejo o seu aparelho conectado desde segunda, 23/11, às 06:00.
			Maria > Continua sem funcionar
			Bot edits: Olhei de novo agora. Daqui vejo o seu aparelho conectado
			| [Cancelar]
			Maria: muito lenta
			Bot: Atendimento aberto.`)
		s.Write(func(ctx context.Context, c *ent.Client) error { // then a wrong password
			c.Connection.Update().SetEndedAt(s.DB.Now().Add(-time.Hour)).SetCause("user").ExecX(ctx)
			return c.AuthAttempt.Create().SetNasID(c.Nas.Query().FirstIDX(ctx)).SetSubscriptionID(sub.ID).SetLogin("maria@fibranorte").SetAt(s.DB.Now().Add(-time.Minute)).SetAccepted(false).SetReason("wrong_password").Exec(ctx)
		})
		maria.Play(`
			Maria: /suporte
			Bot: Atendimento para
			| a rede não aceita a senha dele
			| no resolveu?
			| [23/11: muito lenta]
			| [Falar com atendente]
			| [Cancelar]`)
		d := outages.Desk{DB: s.DB}
		down, err := d.Open(s.As("suporte"), outages.NewOutage{Kind: outages.Kinds[0], City: "Belém", Title: "Fibra rompida em Nazaré", Began: began})
		if err != nil {
			t.Fatal(err)
		}
		if err := d.GoOn(tenants.With(context.Background(), s.Here), down); err != nil {
			t.Fatal(err)
		}
		maria.Play(`
			Maria: /suporte
			Bot: Atendimento para
			| Há uma falha na sua região desde segunda, 23/11, às 06:00: Fibra rompida em Nazaré.
			| aviso aqui assim que terminar
			| [23/11: muito lenta]`)
		joao := s.joao()
		joao.Play(`
			João: /suporte
			Bot: Atendimento para Fibra 300 Mega.
			| O serviço está suspenso por débito.
			| [Pagar com Pix]
			| [Desbloqueio em Confiança]
			| [Falar com atendente]
			| [Cancelar]
			João > Desbloqueio em Confiança
			Bot edits: Seu serviço Fibra 300 Mega está suspenso por débito.`)
	})
}

func TestMariaReadsAndAcceptsHerContract(t *testing.T) {
	onEachStore(t, func(s *stage) {
		maria := s.maria()
		var of *ent.Contract
		s.Write(func(ctx context.Context, c *ent.Client) error {
			of = c.Contract.Query().Where(contract.CustomerID(s.Maria.ID)).OnlyX(ctx)
			return c.Contract.UpdateOneID(of.ID).ClearAcceptedAt().ClearAcceptedOn().SetAcceptedBy("").SetAcceptance("").ClearAcceptedFileID().Exec(ctx)
		})
		number := fmt.Sprint("Contrato ", of.Number)
		maria.Play(`
			Maria: /contrato
			Bot: Seus contratos:
			| ` + number + `, de …: aguarda o seu aceite
			| [` + number + ` em PDF] [Aceitar]
			| [Menu]
			Maria > ` + number + ` em PDF
			Bot sends: ` + number + `.pdf
			Maria > Aceitar
			Bot sends: ` + number + `.pdf
			Bot: Leia o contrato
			| ` + "`" + of.BodyHash + "`" + `
			| [Li e aceito]
			| [Cancelar]`)
		_, accept := maria.Button("Li e aceito")
		joao := s.joao()
		joao.PressesOf(1, accept)
		joao.Play(`Bot toasts: Este botão não vale mais.`)
		maria.Play(`
			Maria > Li e aceito
			Bot edits: ` + number + ` aceito em 23/11/2026, às 09:00.
			Bot sends: ` + number + `.pdf
			Maria > Aceitar
			Bot: Este contrato já está aceito.
			| [Menu]`)
		s.Read(func(ctx context.Context, c *ent.Client) error {
			now := c.Contract.GetX(ctx, of.ID)
			if now.AcceptedAt == nil || now.AcceptedBy != s.Maria.Name || !strings.HasPrefix(now.Acceptance, "Aceito pelo titular no Telegram em 23/11/2026 às 09:00:00: conversa 101, atualização ") ||
				!strings.Contains(now.Acceptance, of.BodyHash) || now.BodyHash != of.BodyHash || now.AcceptedFileID == nil {
				t.Errorf("%+v", now)
			}
			told := c.History.Query().Where(history.Event("contract_accepted"), history.SubjectID(of.ID)).Order(ent.Desc(history.FieldAt, history.FieldID)).FirstX(ctx)
			if told.Channel != "telegram" || told.ActorID == nil || *told.ActorID != s.Maria.ID {
				t.Errorf("%+v", told)
			}
			return nil
		})
	})
}

func TestMariaCorrectsHerRecordAndTakesItAlong(t *testing.T) {
	onEachStore(t, func(s *stage) {
		maria := s.maria()
		maria.Play(`
			Maria: /meusdados
			Bot: Maria Demonstração
			| [Corrigir telefone] [Corrigir e-mail]
			| [Baixar meus dados] [Avisos]
			| [Desvincular este chat] [Menu]
			Maria > Corrigir telefone
			Bot edits: Escreva o seu telefone novo, com o DDD.
			| [Cancelar]
			Maria: 12
			Bot: Não reconheci esse telefone.
			| [Cancelar]
			Maria: 91 98765-4321
			Bot: Pronto! Seu telefone agora é (91) 98765-4321.
			| [Meus dados] [Menu]
			Maria > Meus dados
			Bot edits: Maria Demonstração
			| Telefone com final 4321
			Maria > Corrigir e-mail
			Bot edits: Escreva o seu e-mail novo.
			Maria: maria arroba exemplo
			Bot: Não reconheci esse e-mail.
			Maria: Maria.Nova@Exemplo.com.br
			Bot: Pronto! Seu e-mail agora é maria.nova@exemplo.com.br.
			Maria > Meus dados
			Bot edits: Maria Demonstração
			Maria > Baixar meus dados
			Bot sends: dados-pessoais.pdf
			| O que guardamos sobre você, para ler
			Bot sends: dados-pessoais.json
			| E tudo, sem resumo`)
		maria.Presses("Baixar meus dados")
		said := maria.Next()
		for said.Toast {
			said = maria.Next()
		}
		if !bytes.HasPrefix(said.Document, []byte("%PDF-")) {
			t.Errorf("what is to be read is %.20q", said.Document)
		}
		said = maria.Next()
		var data struct {
			Cliente  struct{ Name string }
			Contatos []struct{ Value string }
		}
		if err := json.Unmarshal(said.Document, &data); err != nil || data.Cliente.Name != s.Maria.Name || len(data.Contatos) == 0 || bytes.Contains(said.Document, []byte(s.Joao.Name)) {
			t.Errorf("%+v %v", data, err)
		}
		s.Read(func(ctx context.Context, c *ent.Client) error {
			for kind, want := range map[contact.Kind]string{contact.KindPhone: "+5591987654321", contact.KindEmail: "maria.nova@exemplo.com.br"} {
				if got := c.Contact.Query().Where(contact.CustomerID(s.Maria.ID), contact.KindEQ(kind)).Order(contact.ByPosition()).FirstX(ctx); got.Value != want {
					t.Errorf("%s: %v", kind, got)
				}
			}
			for event, n := range map[string]int{"customer_edited": 2, "data_exported": 4} { // two downloads, each of two files
				if got := c.History.Query().Where(history.Event(event), history.CustomerID(s.Maria.ID), history.ActorID(s.Maria.ID), history.ChannelEQ(history.ChannelTelegram)).CountX(ctx); got != n {
					t.Errorf("%s: %d in the history", event, got)
				}
			}
			return nil
		})
	})
}

func TestMariaContestsACharge(t *testing.T) {
	onEachStore(t, func(s *stage) {
		maria := s.maria()
		maria.Play(`
			Maria: /faturas
			Bot: Você tem 7 faturas abertas.
			Bot: R$ 89,90
			Bot: R$ 89,90
			Maria > Entender o valor
			Bot: Fatura
			| [Não concordo com um valor]
			| [Menu]`)
		message, again := maria.Button("Não concordo com um valor")
		maria.Play(`
			Maria > Não concordo com um valor
			Bot edits: Contestar R$ 89,90, Fibra 500 Mega
			| A resposta vem até 23/12/2026.
			| [Cancelar]
			Maria: não
			Bot: Conte um pouco mais, por favor
			| [Cancelar]
`)
		maria.Sends(`"photo":[{"file_id":"conta","file_unique_id":"c","width":9,"height":9,"file_size":9}]`)
		maria.Play(`
			Bot: Primeiro escreva em uma mensagem por que o valor não está certo. Este arquivo ainda não foi guardado
			| [Cancelar]
			Maria: fiquei 10 dias sem internet
			Bot: Contestação anotada. A resposta vem até 23/12/2026
			| Tem uma foto ou um PDF que mostre o erro? Mande agora.
			| [Faturas] [Menu]`)
		s.telegram.Lies("conta", photo(t))
		maria.Sends(`"photo":[{"file_id":"conta","file_unique_id":"c","width":40,"height":30,"file_size":900}]`)
		maria.Play(`
			Bot: Recebi a foto e guardei com a sua contestação. Se quiser, mande mais.
			| [Menu]`)
		s.telegram.Lies("programa", []byte("MZ"))
		maria.Sends(`"document":{"file_id":"programa","file_unique_id":"p","file_name":"conta.pdf","file_size":2}`)
		maria.Play(`
			Bot: Esse tipo de arquivo eu não consigo guardar.
			Maria > Faturas
			Bot: Você tem 6 faturas abertas. Nenhuma está vencida.
			| Em contestação: R$ 89,90, Fibra 500 Mega…A resposta vem até 23/12/2026; até lá não é cobrado.
			Bot: R$ 89,90
			Bot: R$ 89,90`)
		maria.PressesOf(message, again)
		maria.Play(`
			Bot: Não há valor a contestar nesta fatura.
			| [Menu]`)
		joao := s.joao()
		joao.PressesOf(message, again)
		joao.Play(`Bot toasts: Este botão não vale mais.`)
		s.Read(func(ctx context.Context, c *ent.Client) error {
			if row := c.Contest.Query().OnlyX(ctx); row.CustomerID != s.Maria.ID || row.Channel != "telegram" || row.Reason != "fiquei 10 dias sem internet" {
				t.Errorf("%+v", row)
			}
			return nil
		})

		// Who answers it sees the file; once it is answered none is taken any more, and nobody else's ever was.
		d := support.Desk{DB: s.DB}
		var of *ent.Contest
		s.Read(func(ctx context.Context, c *ent.Client) (err error) {
			of, err = c.Contest.Query().Only(ctx)
			return err
		})
		rows, err := d.Enclosed(s.As("financeiro"), of.ID)
		if err != nil || len(rows) != 1 || support.FileName(rows[0]) != "Foto.png" {
			t.Fatal(rows, err)
		}
		if file, err := d.Attachment(s.As("financeiro"), rows[0].ID); err != nil || !bytes.Equal(file.Content, photo(t)) {
			t.Error(file, err)
		}
		if _, err := d.Attachment(s.As("tecnico"), rows[0].ID); demotest.Fault(err) != "denied" {
			t.Error(err)
		}
		in := support.Sent{Contest: of.ID, Name: "conta.png", Content: photo(t), Key: "another"}
		if err := d.Enclose(s.Subscriber(s.Joao), in); demotest.Fault(err) != "not_found" {
			t.Error(err)
		}
		if err := (billing.Desk{DB: s.DB}).AnswerContest(s.As("financeiro"), billing.Answer{Contest: of.ID, Upheld: true, Reason: "tem razão", Key: "1"}); err != nil {
			t.Fatal(err)
		}
		if err := d.Enclose(s.Subscriber(s.Maria), in); demotest.Fault(err) != "contest_answered" {
			t.Error(err)
		}
	})
}

func TestMariaAsksForAnotherPlanAndAnotherDay(t *testing.T) {
	onEachStore(t, func(s *stage) {
		maria := s.maria()
		var other *ent.Plan
		s.Read(func(ctx context.Context, c *ent.Client) error {
			other = c.Plan.Query().Where(plan.Active(true), plan.IDNEQ(s.Service(s.Maria).PlanID), plan.TechnologyEQ("fibra")).Order(plan.ByPrice(), plan.ByName()).FirstX(ctx)
			return nil
		})
		maria.Play(`
			Maria: /servicos
			Bot: Serviços Contratados:
			Maria > Trocar de plano
			Bot edits: Hoje você tem Fibra 500 Mega, por R$ 89,90 ao mês. Para qual plano quer mudar?
			Maria > ` + other.Name + `, ` + other.Price.BRL() + `
			Bot edits: Trocar o plano Fibra 500 Mega por ` + other.Name + `.
			| A mensalidade passa de R$ 89,90 para
			| Fibra 500 Mega, de 23/11 a 10/12: −R$ 50,95 (R$ 89,90 − 13 de 30 dias × R$ 89,90)
			| 7 faturas já emitidas passam a
			| [Pedir esta mudança]
			| [Cancelar]`)
		message, data := maria.Button("Pedir esta mudança")
		maria.PressesOf(message, data)
		maria.PressesOf(message, data) // twice
		maria.Play(`
			Bot edits: Trocar o plano
			Bot: Pedido enviado à nossa equipe, protocolo ` + "`202600000001`" + `. Nada muda até ela confirmar aqui com você.
			| [Menu]
			Bot toasts: Este botão não vale mais.
			Maria: /servicos
			Bot: Serviços Contratados:
			Maria > Mudar vencimento
			Bot edits: Hoje o vencimento é todo dia 10. Para qual dia quer mudar?
			Maria > Dia 20
			Bot edits: Mudar o vencimento de todo dia 10 para todo dia 20.
			| A mensalidade continua R$ 89,90.
			| 7 faturas já emitidas são trocadas por outras.
			| Carnê novo de 7 parcelas: a primeira parcela é de R$ 119,86 (
			| [Pedir esta mudança]`)
		s.pass(15 * time.Minute)
		maria.Play(`
			Maria > Pedir esta mudança
			Bot toasts: Este botão não vale mais.`)
		if row := s.ticket(); !strings.HasPrefix(row.Opening, "Pedido pelo Telegram. Prévia mostrada ao assinante:\nTrocar o plano Fibra 500 Mega por "+other.Name) || row.CustomerID != s.Maria.ID {
			t.Errorf("%+v", row)
		}
		joao := s.joao()
		joao.Play(`
			João: /servicos
			Bot: Serviços Contratados:
			João > Trocar de plano
			Bot: Este serviço está suspenso.
			| [Menu]`)
	})
}

func TestWhatNobodyExpectsIsAnsweredKindly(t *testing.T) {
	onEachStore(t, func(s *stage) {
		maria := s.maria()
		for what, said := range map[string]string{
			`"sticker":{"file_id":"x","file_unique_id":"x","width":1,"height":1}`:            "Recebi a sua figurinha!",
			`"location":{"latitude":-1.4,"longitude":-48.4}`:                                 "Recebi a localização",
			`"video":{"file_id":"x","file_unique_id":"x","width":1,"height":1,"duration":1}`: "Ainda não consigo guardar vídeo.",
			`"audio":{"file_id":"x","file_unique_id":"x","duration":1}`:                      "Não consigo guardar esse tipo de som.",
			`"poll":{"id":"1","question":"?"}`:                                               "Isso eu não consigo ler.",
			`"animation":{"file_id":"x"},"document":{"file_id":"x","file_unique_id":"x"}`:    "Recebi a sua figurinha!",
		} {
			maria.Sends(what)
			maria.Play(`
				Bot: ` + said + `
				| Como posso ajudar?
				| [Faturas] [Serviços Contratados]`)
		}
		maria.Corrects("/faturas")
		maria.Play(`
			Bot: Vi que você corrigiu uma mensagem
			| [Faturas] [Serviços Contratados]
			Maria: /Carn
			Bot: Você quer abrir Carnê em PDF?
			| [Carnê em PDF]
			| [Menu]
			Maria > Menu
			Bot edits: Olá, Maria!
			Maria: Carnê
			Bot sends: Carnê 1.pdf
			Maria: quero a segunda via do boleto
			Bot: Você quer abrir Faturas?
			Maria: Hello, I need help with my bill
			Bot: Eu só falo português.
			| I only speak Portuguese
			| Solo hablo portugués
			| [Faturas] [Serviços Contratados]
			Maria: /suporte
			Bot: Atendimento para`)
		maria.Sends(`"sticker":{"file_id":"x","file_unique_id":"x","width":1,"height":1}`)
		maria.Corrects("outra coisa")
		maria.Play(`
			Bot: Recebi a sua figurinha!
			| Continue de onde paramos
			| [Cancelar]
			Bot: Vi que você corrigiu
			| [Cancelar]
			Maria > Cancelar
			Bot edits: Certo, parei por aqui.`)
		message, cancel := maria.Button("Menu")
		maria.PressesOf(message, cancel)
		maria.PressesOf(message, cancel) // twice: what stands already is left
		maria.Play(`
			Bot edits: Olá, Maria!`)
	})
}
