/* Many WebSocket clients in one thread: the load of the benchmark.

   Reads a plan from standard input, one `word value` a line (read_plan has them all). A value may
   hold several variants between tabs: socket i takes number i modulo their count. In what is sent
   STAMP becomes "stamp" and 19 digits, the monotonic nanosecond of sending, by which a delivery
   tells its latency and which makes every message unlike all others.

   Prints "ready" when every socket is set up, and at the end one JSON object. The CPU time of the
   watched processes is read at the borders of the measured window, to the nanosecond. */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    STEPS = 16,
    PIDS = 256,
    EVENTS = 512,
    BUFFER = 8 << 20,
    LARGEST_SENT = 64 << 10,
    SAMPLES = 4 << 20,
    ERROR_SHOWN = 300,
};
static const double SECOND = 1e9;
static const double STALLED_SECONDS = 5; /* nothing comes any more: the server lost something */
static const double SETUP_SECONDS = 180;
static const double DRAIN_SECONDS = 5;

typedef struct {
    char **items;
    int count;
} Choice;

typedef struct {
    bool is_send; /* else wait for a frame that begins like this */
    Choice frames;
} Step;

typedef struct {
    double at; /* seconds after the start */
    int socket;
    char *frame;
} Due;

typedef struct {
    int fd;
    int step;
    bool upgraded, is_ready, awaits_ack;
    uint64_t sent_at;
    uint8_t *held; /* the beginning of a frame whose end has not come */
    size_t held_size;
} Client;

typedef struct {
    uint64_t *values;
    size_t count;
} Samples;

typedef struct {
    uint64_t at, sent, delivered, acknowledged, received, cpu[PIDS], own_cpu;
} Reading;

static struct {
    int port, sockets, connecting, in_flight, fanout, sample;
    double warmup, seconds;
    bool engine_io;
    char *path, *deliver, *ack;
    Choice headers, messages;
    Step steps[STEPS];
    int step_count;
    Due *timeline;
    size_t due_count;
    pid_t pids[PIDS];
    int pid_count;
} plan = {.path = "/", .connecting = 32, .sample = 1};

static Client *clients;
static int poll_fd, started, ready_count;
static uint64_t sent, delivered, acknowledged, received, written_off, errors, closed;
static size_t due_next;
static bool measuring, ending;
static char first_error[ERROR_SHOWN];
static Samples deliveries, acks;

static void die(const char *format, ...) {
    va_list values;
    va_start(values, format);
    fputs("load: ", stderr);
    vfprintf(stderr, format, values);
    fputc('\n', stderr);
    exit(1);
}

static uint64_t clock_of(clockid_t id) {
    struct timespec now;
    if (clock_gettime(id, &now)) return 0; /* a watched process that has ended */
    return (uint64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static uint64_t now_ns(void) { return clock_of(CLOCK_MONOTONIC); }

static void *grown(void *memory, size_t size) {
    memory = realloc(memory, size);
    if (!memory && size) die("out of memory");
    return memory;
}

/* --- the plan --- */

static Choice choice(const char *value) {
    Choice found = {0};
    char *rest = strdup(value), *item;
    while ((item = strsep(&rest, "\t"))) {
        found.items = grown(found.items, (found.count + 1) * sizeof *found.items);
        found.items[found.count++] = item;
    }
    return found;
}

static const char *chosen(Choice choice, int index) {
    return choice.count ? choice.items[index % choice.count] : "";
}

static void add_step(bool is_send, const char *value) {
    if (plan.step_count == STEPS) die("too many steps");
    plan.steps[plan.step_count++] = (Step){is_send, choice(value)};
}

static void add_due(char *value) {
    Due due = {strtod(value, &value), 0, NULL};
    due.socket = strtol(value, &value, 10);
    due.frame = strdup(value + 1);
    if ((plan.due_count & (plan.due_count - 1)) == 0)
        plan.timeline = grown(plan.timeline, (plan.due_count * 2 + 1) * sizeof due);
    plan.timeline[plan.due_count++] = due;
}

static void read_plan(void) {
    char *line = NULL;
    size_t space = 0;
    while (getline(&line, &space, stdin) > 0) {
        line[strcspn(line, "\n")] = 0;
        char *value = line, *word = strsep(&value, " ");
        if (!value) die("%s has no value", word);
#define IS(name) !strcmp(word, name)
        if (IS("port")) plan.port = atoi(value);
        else if (IS("path")) plan.path = strdup(value);
        else if (IS("sockets")) plan.sockets = atoi(value);
        else if (IS("connecting")) plan.connecting = atoi(value);       /* handshakes at a time */
        else if (IS("header")) plan.headers = choice(value);            /* of the handshake */
        else if (IS("expect")) add_step(false, value);                  /* set-up, in order */
        else if (IS("send")) add_step(true, value);
        else if (IS("engine_io")) plan.engine_io = atoi(value);         /* answer its pings */
        else if (IS("message")) plan.messages = choice(value);          /* what is measured */
        else if (IS("in_flight")) plan.in_flight = atoi(value);         /* 0: only the timeline */
        else if (IS("fanout")) plan.fanout = atoi(value);               /* 0: done when answered */
        else if (IS("at")) add_due(value);                              /* SECONDS SOCKET FRAME */
        else if (IS("deliver")) plan.deliver = strdup(value);           /* how deliveries begin */
        else if (IS("ack")) plan.ack = strdup(value);                   /* how answers begin */
        else if (IS("sample")) plan.sample = atoi(value);               /* every n-th is timed */
        else if (IS("warmup")) plan.warmup = atof(value);
        else if (IS("seconds")) plan.seconds = atof(value);
        else if (IS("pid") && plan.pid_count < PIDS) plan.pids[plan.pid_count++] = atoi(value);
        else die("what is %s?", word);
#undef IS
    }
    free(line);
}

/* --- sending --- */

static void write_all(Client *client, const void *bytes, size_t size) {
    if (client->fd >= 0 && write(client->fd, bytes, size) != (ssize_t)size && errno != EPIPE &&
        errno != ECONNRESET)
        die("the server does not read: %s", strerror(errno));
}

static void send_frame(Client *client, int opcode, const char *payload, size_t length) {
    static uint8_t frame[LARGEST_SENT + 14];
    uint8_t *at = frame, mask[4];
    uint32_t random_mask = (uint32_t)random();
    memcpy(mask, &random_mask, 4);
    *at++ = 0x80 | opcode;
    if (length < 126) {
        *at++ = 0x80 | length;
    } else {
        *at++ = 0x80 | 126;
        *at++ = length >> 8;
        *at++ = length & 255;
    }
    memcpy(at, mask, 4), at += 4;
    for (size_t i = 0; i < length; i++) *at++ = (uint8_t)payload[i] ^ mask[i & 3];
    write_all(client, frame, at - frame);
}

/* `template` with every STAMP replaced. */
static void send_text(Client *client, const char *template, uint64_t stamp) {
    static char text[LARGEST_SENT];
    char digits[32], *to = text, *mark;
    int width = snprintf(digits, sizeof digits, "stamp%019llu", (unsigned long long)stamp);
    if (strlen(template) > LARGEST_SENT / 2) die("a frame is too large");
    while ((mark = strstr(template, "STAMP"))) {
        to = mempcpy(to, template, mark - template);
        to = mempcpy(to, digits, width);
        template = mark + strlen("STAMP");
    }
    to = stpcpy(to, template);
    send_frame(client, 1, text, to - text);
}

static void send_message(int index) {
    Client *client = &clients[index];
    client->sent_at = now_ns();
    client->awaits_ack = true;
    sent++;
    send_text(client, chosen(plan.messages, index), client->sent_at);
}

/* Keeps `in_flight` messages on their way, from one socket after the other. */
static void send_more(void) {
    static int turn;
    while (ready_count == plan.sockets && !ending) {
        if (plan.fanout) {
            if (sent * plan.fanout >= delivered + written_off + (uint64_t)plan.in_flight * plan.fanout)
                return;
        } else if (sent >= acknowledged + written_off + plan.in_flight) {
            return;
        }
        for (int i = 0; !plan.fanout && i < plan.sockets && clients[turn].awaits_ack; i++)
            turn = (turn + 1) % plan.sockets;
        send_message(turn);
        turn = (turn + 1) % plan.sockets;
    }
}

static void send_due(uint64_t start) {
    while (due_next < plan.due_count && !ending) {
        Due *due = &plan.timeline[due_next];
        uint64_t at = start + (uint64_t)(due->at * SECOND);
        if (now_ns() < at) return;
        clients[due->socket].sent_at = at;
        send_text(&clients[due->socket], due->frame, at);
        sent++, due_next++;
    }
}

/* --- receiving --- */

static bool begins(const char *text, size_t length, const char *prefix) {
    size_t size = prefix ? strlen(prefix) : 0;
    return size && length >= size && !memcmp(text, prefix, size);
}

static void note(Samples *samples, uint64_t since) {
    if (!measuring || samples->count == SAMPLES) return;
    if (!samples->values) samples->values = grown(NULL, SAMPLES * sizeof *samples->values);
    samples->values[samples->count++] = now_ns() - since;
}

static void take_delivery(const char *text, size_t length) {
    delivered++;
    if (!measuring || delivered % plan.sample) return;
    const char *mark = memmem(text, length, "stamp0", 6);
    if (mark) note(&deliveries, strtoull(mark + 5, NULL, 10));
}

static void take_answer(Client *client, const char *text, size_t length) {
    acknowledged++;
    if (memmem(text, length < 64 ? length : 64, "\"error\"", 7) && !errors++)
        snprintf(first_error, sizeof first_error, "%.*s", (int)length, text);
    if (client->awaits_ack) note(&acks, client->sent_at);
    client->awaits_ack = false;
}

static void set_up(Client *client) {
    int index = client - clients;
    while (client->step < plan.step_count && plan.steps[client->step].is_send)
        send_text(client, chosen(plan.steps[client->step++].frames, index), now_ns());
    if (client->step == plan.step_count) {
        client->is_ready = true;
        ready_count++;
    }
}

static void take_text(Client *client, const char *text, size_t length) {
    if (plan.engine_io && length == 1 && *text == '2') {
        send_frame(client, 1, "3", 1);
    } else if (!client->is_ready) {
        Step step = plan.steps[client->step];
        if (begins(text, length, chosen(step.frames, client - clients))) {
            client->step++;
            set_up(client);
        }
    } else if (begins(text, length, plan.deliver)) {
        take_delivery(text, length);
    } else if (begins(text, length, plan.ack)) {
        take_answer(client, text, length);
    }
}

static void take_end(Client *client, const char *why) {
    if (!client->is_ready) die("socket %d was closed while it was set up: %s", (int)(client - clients), why);
    close(client->fd);
    client->fd = -1;
    closed++;
}

static void take_close(Client *client, const uint8_t *payload, size_t length) {
    char why[32];
    snprintf(why, sizeof why, "code %d", length < 2 ? 0 : payload[0] << 8 | payload[1]);
    take_end(client, why);
}

/* Whole frames; how many bytes they were. */
static size_t take_frames(Client *client, const uint8_t *data, size_t size) {
    size_t at = 0;
    while (size - at >= 2) {
        const uint8_t *frame = data + at;
        size_t length = frame[1] & 127, header = length < 126 ? 2 : length == 126 ? 4 : 10;
        if (size - at < header) break;
        if (header > 2) length = 0;
        for (size_t i = 2; i < header; i++) length = length << 8 | frame[i];
        if (size - at < header + length) break;
        const char *payload = (const char *)frame + header;
        int opcode = frame[0] & 15;
        if (opcode == 1) take_text(client, payload, length);
        else if (opcode == 9) send_frame(client, 10, payload, length);
        else if (opcode == 8) return take_close(client, frame + header, length), size;
        at += header + length;
    }
    return at;
}

static size_t take_response(Client *client, const uint8_t *data, size_t size) {
    const uint8_t *end = memmem(data, size, "\r\n\r\n", 4);
    if (!end) return 0;
    if (!begins((const char *)data, size, "HTTP/1.1 101"))
        die("the handshake was refused: %.*s", (int)strcspn((const char *)data, "\r"), data);
    client->upgraded = true;
    set_up(client);
    return end + 4 - data;
}

static void receive(Client *client) {
    static uint8_t buffer[BUFFER];
    size_t size = client->held_size, used = 0;
    if (size) memcpy(buffer, client->held, size);
    ssize_t got = read(client->fd, buffer + size, BUFFER - size);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) return take_end(client, "the connection is lost");
    size += got;
    received += got;
    if (!client->upgraded) used = take_response(client, buffer, size);
    if (client->upgraded) used += take_frames(client, buffer + used, size - used);
    client->held_size = size - used;
    if (!client->held_size) return;
    client->held = grown(client->held, client->held_size);
    memcpy(client->held, buffer + used, client->held_size);
}

/* --- connecting --- */

static void start_client(Client *client) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(plan.port)};
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = client};
    const char *header = chosen(plan.headers, client - clients);
    char request[4096];
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    client->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (client->fd < 0 || connect(client->fd, (struct sockaddr *)&address, sizeof address))
        die("cannot connect: %s", strerror(errno));
    setsockopt(client->fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
    fcntl(client->fd, F_SETFL, O_NONBLOCK);
    int size = snprintf(request, sizeof request,
                        "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\n"
                        "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                        "Sec-WebSocket-Version: 13\r\n%s%s\r\n",
                        plan.path, plan.port, header, *header ? "\r\n" : "");
    write_all(client, request, size);
    if (epoll_ctl(poll_fd, EPOLL_CTL_ADD, client->fd, &event)) die("epoll: %s", strerror(errno));
}

static void start_more(void) {
    while (started < plan.sockets && started - ready_count < plan.connecting)
        start_client(&clients[started++]);
}

/* --- the course of it --- */

static void turn_loop(int timeout_ms) {
    struct epoll_event events[EVENTS];
    int count = epoll_wait(poll_fd, events, EVENTS, timeout_ms);
    for (int i = 0; i < count; i++) receive(events[i].data.ptr);
}

/* What is lost counts as done after a while, or a lossy server would stop the measurement. */
static void write_off_lost(void) {
    static uint64_t last, since;
    if (last != delivered + acknowledged || !since) {
        last = delivered + acknowledged, since = now_ns();
    } else if (now_ns() - since > STALLED_SECONDS * SECOND) {
        written_off = plan.fanout ? sent * plan.fanout - delivered : sent - acknowledged;
        for (int i = 0; i < plan.sockets; i++) clients[i].awaits_ack = false;
        since = 0;
    }
}

static int until_next_due(uint64_t start, uint64_t end) {
    uint64_t now = now_ns(), next = end;
    if (due_next < plan.due_count) {
        uint64_t due = start + (uint64_t)(plan.timeline[due_next].at * SECOND);
        if (due < next) next = due;
    }
    if (next <= now) return 0;
    uint64_t wait_ms = (next - now) / 1000000; /* rounded down: the rest is spun away */
    return wait_ms > 100 ? 100 : (int)wait_ms;
}

static void run_until(uint64_t start, double seconds) {
    uint64_t end = start + (uint64_t)(seconds * SECOND);
    while (now_ns() < end) {
        if (plan.in_flight) send_more(), write_off_lost();
        send_due(start);
        turn_loop(until_next_due(start, end));
    }
}

static bool is_complete(void) {
    return plan.fanout ? delivered >= sent * plan.fanout : acknowledged >= sent;
}

static void drain(void) {
    uint64_t end = now_ns() + (uint64_t)(DRAIN_SECONDS * SECOND);
    ending = true;
    while (plan.in_flight && !is_complete() && now_ns() < end) turn_loop(100);
}

static Reading take_reading(void) {
    Reading reading = {now_ns(), sent, delivered, acknowledged, received, {0}, 0};
    reading.own_cpu = clock_of(CLOCK_PROCESS_CPUTIME_ID);
    for (int i = 0; i < plan.pid_count; i++) {
        clockid_t id;
        if (!clock_getcpuclockid(plan.pids[i], &id)) reading.cpu[i] = clock_of(id);
    }
    return reading;
}

/* --- the report --- */

static int compare(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void print_latency(const char *name, Samples *samples) {
    static const double quantiles[] = {.5, .9, .95, .99, 1};
    static const char *names[] = {"p50", "p90", "p95", "p99", "max"};
    printf("\"%s\": {\"count\": %zu", name, samples->count);
    if (samples->count) qsort(samples->values, samples->count, sizeof(uint64_t), compare);
    for (int i = 0; i < 5 && samples->count; i++)
        printf(", \"%s\": %.3f", names[i],
               samples->values[(size_t)((samples->count - 1) * quantiles[i])] / 1e6);
    printf("}, ");
}

static void print_reading(const char *name, Reading from, Reading to) {
    printf("\"%s\": {\"seconds\": %.6f, \"sent\": %llu, \"delivered\": %llu, \"acknowledged\": %llu, "
           "\"received\": %llu, \"own_cpu\": %.6f, \"cpu\": [",
           name, (to.at - from.at) / SECOND, (unsigned long long)(to.sent - from.sent),
           (unsigned long long)(to.delivered - from.delivered),
           (unsigned long long)(to.acknowledged - from.acknowledged),
           (unsigned long long)(to.received - from.received),
           (to.own_cpu - from.own_cpu) / SECOND);
    for (int i = 0; i < plan.pid_count; i++)
        printf("%s%.6f", i ? ", " : "", (to.cpu[i] - from.cpu[i]) / SECOND);
    printf("]}, ");
}

static void print_text(const char *text) {
    putchar('"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\') putchar('\\');
        if ((unsigned char)*text >= ' ') putchar(*text);
    }
    putchar('"');
}

int main(void) {
    read_plan();
    clients = calloc(plan.sockets, sizeof *clients);
    poll_fd = epoll_create1(EPOLL_CLOEXEC);
    Reading before = take_reading();
    while (ready_count < plan.sockets) {
        if (now_ns() - before.at > SETUP_SECONDS * SECOND) die("only %d sockets are ready", ready_count);
        start_more();
        turn_loop(100);
    }
    Reading set = take_reading();
    puts("ready");
    fflush(stdout);
    uint64_t start = now_ns();
    run_until(start, plan.warmup);
    Reading opened = take_reading();
    measuring = true;
    run_until(start, plan.warmup + plan.seconds);
    measuring = false;
    Reading ended = take_reading();
    drain();
    uint64_t missing = !plan.in_flight || is_complete() ? 0
                       : plan.fanout ? sent * plan.fanout - delivered : sent - acknowledged;
    putchar('{');
    print_reading("setup", before, set);
    print_reading("window", opened, ended);
    print_latency("latency_ms", &deliveries);
    print_latency("answer_ms", &acks);
    printf("\"missing\": %llu, \"closed\": %llu, \"errors\": %llu, \"first_error\": ",
           (unsigned long long)missing, (unsigned long long)closed, (unsigned long long)errors);
    print_text(first_error);
    puts("}");
}
