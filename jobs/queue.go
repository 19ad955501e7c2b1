package jobs

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"sync"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/google/uuid"
	"github.com/hibiken/asynq"
	"github.com/redis/go-redis/v9"

	"enlace/tenants/outbox"
)

// queue is Asynq over a Redis: one of its own kind beside the process, or one inside it.
type queue struct {
	redis  *redis.Client
	client *asynq.Client
	inside *miniredis.Miniredis // none when Redis is outside
	name   int                  // that the one inside was told last
	closed chan struct{}
}

// openQueue connects to Redis, or makes one inside this process when url is empty. Its errors are sentences for whoever runs Enlace.
func openQueue(ctx context.Context, url string) (*queue, error) {
	if url == "" {
		return openInside()
	}
	options, err := redis.ParseURL(url)
	if err != nil {
		return nil, fmt.Errorf("ENLACE_REDIS_URL não é um endereço do Redis: %w", err)
	}
	q := connect(options)
	if err := q.ping(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("o Redis não responde: %w", err), q.close())
	}
	return q, nil
}

// openInside makes a Redis inside the process. It listens on the loopback, so it has a password that nobody is told.
func openInside() (*queue, error) {
	password := rand.Text()
	inside := miniredis.NewMiniRedis()
	inside.RequireAuth(password)
	if err := inside.StartAddr("127.0.0.1:0"); err != nil {
		return nil, err
	}
	q := connect(&redis.Options{Addr: inside.Addr(), Password: password})
	q.inside = inside
	go q.driveClock()
	return q, nil
}

func connect(options *redis.Options) *queue {
	options.ContextTimeoutEnabled = true
	client := redis.NewClient(options)
	return &queue{redis: client, client: asynq.NewClientFromRedisClient(client), closed: make(chan struct{})}
}

// priorities are how often a free hand looks into a queue first.
var priorities = map[string]int{string(outbox.Critical): 6, string(outbox.Default): 3, string(outbox.Bulk): 1}

// reserved hands are only for jobs that someone waits for, so that nothing slow, however much of it, can hold those up.
const reserved = 2

// serve has hands, and the reserved ones besides, take from the queue. Asynq never tries a job again by itself: that is for the row to say.
func (q *queue) serve(hands int, log *slog.Logger, deliver asynq.HandlerFunc) (crews, error) {
	crew := func(hands int, priorities map[string]int, idle time.Duration) *asynq.Server {
		return asynq.NewServerFromRedisClient(q.redis, asynq.Config{
			Concurrency:       hands,
			Queues:            priorities,
			TaskCheckInterval: idle,
			ShutdownTimeout:   stopped,
			Logger:            asynqLog{log},
			LogLevel:          asynq.WarnLevel,
		})
	}
	all := crews{
		crew(hands, priorities, 100*time.Millisecond),
		crew(reserved, map[string]int{string(outbox.Critical): 1}, 250*time.Millisecond),
	}
	for _, c := range all {
		if err := c.Start(deliver); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// crews are hands at work.
type crews []*asynq.Server

// stop returns when all hands have put down what they do, which Asynq gives them some seconds for.
func (all crews) stop() {
	var leaving sync.WaitGroup
	for _, c := range all {
		leaving.Go(c.Shutdown)
	}
	leaving.Wait()
}

// parcel is all that a queue is told of a delivery: whose it is, which row and which try. Whoever opens it reads the rest behind the wall.
type parcel struct {
	ISP, Row uuid.UUID
	Attempt  int
}

// carry puts a delivery into the queue, where one that is there already stays. Only the relay calls it.
func (q *queue) carry(ctx context.Context, d outbox.Delivery) error {
	body, err := json.Marshal(parcel{d.Tenant, d.ID, d.Attempt})
	if err != nil {
		return err
	}
	send := func(name string) error {
		_, err := q.client.EnqueueContext(ctx, asynq.NewTask("row", body), asynq.TaskID(name), asynq.Queue(string(d.Queue)),
			asynq.MaxRetry(0), asynq.Timeout(outbox.Lease(d.Queue, d.Attempt)))
		return err
	}
	if q.inside == nil {
		if err := send(fmt.Sprintf("%s:%d", d.ID, d.Attempt)); !errors.Is(err, asynq.ErrTaskIDConflict) {
			return err
		}
		return nil
	}
	for range circle { // passing by names that are in use
		q.name = (q.name + 1) % circle
		if err := send(strconv.Itoa(q.name)); !errors.Is(err, asynq.ErrTaskIDConflict) {
			return err
		}
	}
	return errors.New("jobs: the queue is full")
}

// circle is how many names a Redis inside the process is told, over and over: it remembers every key it ever heard of, at about 100 bytes
// each, and emptying it does not make it forget. It never carries nearly as many deliveries at once.
const circle = 10_000

func (q *queue) ping(ctx context.Context) error { return q.redis.Ping(ctx).Err() }

// driveClock moves the time of the Redis inside, by which its keys expire; it has none of its own. Its mode that asks the clock at each
// command walks over all keys each time.
func (q *queue) driveClock() {
	seconds := time.NewTicker(time.Second)
	defer seconds.Stop()
	last := time.Now()
	for {
		select {
		case now := <-seconds.C:
			q.inside.FastForward(now.Sub(last))
			last = now
		case <-q.closed:
			return
		}
	}
}

func (q *queue) close() error {
	close(q.closed)
	err := q.redis.Close()
	if q.inside != nil {
		q.inside.Close()
	}
	return err
}
