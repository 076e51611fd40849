"""What the workers share about spaces: in Redis, or in memory when one process serves alone.

Each worker has a lease (a member of the sorted set `spaces:workers`, scored with the end of the
lease by Redis' own clock) and, in the hash of each space, one field with all its players there.
Whoever wants to know reads the fields of the workers whose lease lives. Lights are decided here:
a script takes one and puts the next, so that each is scored once, and exactly one worker buries a
dead one.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pydantic_core import from_json, to_json
from redis.asyncio import Redis

from realtime.presence_store import STORE_TIMEOUT_SECONDS
from spaces.room import FIRST_LIGHT, LIGHTS
from spaces.state import Player

LEASE_SECONDS = 12  # a killed worker's players are gone after this and a beat
KEPT_SECONDS = 3_600  # lights and scores of a space that nobody is in

# KEYS[1]: the sorted set of leases. The other keys are derived from it.
LIBRARY = """
local leases = KEYS[1]
local now = tonumber(redis.call('TIME')[1])
local function of_worker(worker) return leases .. ':' .. worker end
local function of_space(channel) return leases .. ':space:' .. channel end
"""

# ARGV: the worker, its lease in seconds, then channel and players ('' for none) in turn.
WRITE = (
    LIBRARY
    + """
redis.call('ZADD', leases, now + ARGV[2], ARGV[1])
for i = 3, #ARGV, 2 do
  local channel, players = ARGV[i], ARGV[i + 1]
  if players == '' then
    redis.call('HDEL', of_space(channel), ARGV[1])
    redis.call('SREM', of_worker(ARGV[1]), channel)
  else
    redis.call('HSET', of_space(channel), ARGV[1], players)
    redis.call('SADD', of_worker(ARGV[1]), channel)
  end
end
"""
)

# ARGV: the channel, the worker that asks, the user that comes or 0, first light and number of
# lights, how long lights are kept. Returns the players of the others, the lights, the score.
READ = (
    LIBRARY
    + """
local space = of_space(ARGV[1])
local lights, following, scores = space .. ':lights', space .. ':next', space .. ':scores'
local others = {}
local fields = redis.call('HGETALL', space)
for i = 1, #fields, 2 do
  local lease = redis.call('ZSCORE', leases, fields[i])
  if fields[i] ~= ARGV[2] and lease and tonumber(lease) >= now then
    others[#others + 1] = fields[i + 1]
  end
end
if redis.call('EXISTS', lights) == 0 or redis.call('EXISTS', following) == 0 then
  redis.call('DEL', lights)
  for light = ARGV[4], ARGV[4] + ARGV[5] - 1 do redis.call('SADD', lights, light) end
  redis.call('SET', following, ARGV[4] + ARGV[5])
end
for _, key in ipairs({lights, following, scores}) do redis.call('EXPIRE', key, ARGV[6]) end
return {others, redis.call('SMEMBERS', lights), redis.call('HGET', scores, ARGV[3]) or '0'}
"""
)

# ARGV: the channel, the light, the user, the score they are known to have. Returns nothing if it
# has been taken before, else the next light and the new score.
TAKE = (
    LIBRARY
    + """
local space = of_space(ARGV[1])
if redis.call('SREM', space .. ':lights', ARGV[2]) == 0 then return {} end
local following = redis.call('INCR', space .. ':next') - 1
redis.call('SADD', space .. ':lights', following)
local score = math.max(tonumber(redis.call('HGET', space .. ':scores', ARGV[3]) or 0), ARGV[4]) + 1
redis.call('HSET', space .. ':scores', ARGV[3], score)
return {following, score}
"""
)

# Returns channel and players, in turn, of the workers whose lease has run out.
BURY = (
    LIBRARY
    + """
local buried = {}
for _, dead in ipairs(redis.call('ZRANGEBYSCORE', leases, '-inf', now - 1)) do
  for _, channel in ipairs(redis.call('SMEMBERS', of_worker(dead))) do
    buried[#buried + 1] = channel
    buried[#buried + 1] = redis.call('HGET', of_space(channel), dead) or '{}'
    redis.call('HDEL', of_space(channel), dead)
  end
  redis.call('DEL', of_worker(dead))
  redis.call('ZREM', leases, dead)
end
return buried
"""
)

Players = Mapping[int, Player]


class Seen(NamedTuple):
    """The players of other workers, the lights, and the score that somebody comes back to."""

    others: dict[int, Player]
    lights: frozenset[int]
    score: int


class Taken(NamedTuple):
    next: int
    score: int


@dataclass
class Lights:
    """Of one space in memory."""

    there: set[int] = field(default_factory=lambda: {*range(FIRST_LIGHT, FIRST_LIGHT + LIGHTS)})
    next: int = FIRST_LIGHT + LIGHTS
    scores: Counter[int] = field(default_factory=Counter)


class MemoryStore:
    """One process serves alone: there are no others."""

    def __init__(self) -> None:
        self.lights: dict[int, Lights] = {}

    async def write(self, spaces: Mapping[int, Players]) -> None:
        pass

    async def read(self, channel: int, user: int = 0) -> Seen:
        lights = self.lights.setdefault(channel, Lights())
        return Seen({}, frozenset(lights.there), lights.scores[user])

    async def take(self, channel: int, light: int, user: int, score: int) -> Taken | None:
        lights = self.lights.setdefault(channel, Lights())
        if light not in lights.there:
            return None
        lights.there.remove(light)
        lights.there.add(lights.next)
        lights.next += 1
        lights.scores[user] = max(lights.scores[user], score) + 1
        return Taken(lights.next - 1, lights.scores[user])

    async def bury(self) -> list[tuple[int, dict[int, Player]]]:
        return []


class RedisStore:
    def __init__(self, url: str, worker: str, key: str = "spaces:workers") -> None:
        self.worker, self.key = worker, key
        self.redis: Redis = Redis.from_url(
            url,
            socket_timeout=STORE_TIMEOUT_SECONDS,
            socket_connect_timeout=STORE_TIMEOUT_SECONDS,
        )
        texts = (WRITE, READ, TAKE, BURY)
        self.scripts = {text: self.redis.register_script(text) for text in texts}

    async def write(self, spaces: Mapping[int, Players]) -> None:
        """All the players of this worker in these spaces; renews its lease."""
        flat = [word for channel, players in spaces.items() for word in (channel, _pack(players))]
        await self._run(WRITE, self.worker, LEASE_SECONDS, *flat)

    async def read(self, channel: int, user: int = 0) -> Seen:
        asked = (channel, self.worker, user, FIRST_LIGHT, LIGHTS, KEPT_SECONDS)
        others, lights, score = await self._run(READ, *asked)
        players = {id_: player for packed in others for id_, player in _unpack(packed).items()}
        return Seen(players, frozenset(map(int, lights)), int(score))

    async def take(self, channel: int, light: int, user: int, score: int) -> Taken | None:
        """None if somebody else was faster."""
        taken = await self._run(TAKE, channel, light, user, score)
        return Taken(*taken) if taken else None

    async def bury(self) -> list[tuple[int, dict[int, Player]]]:
        """The players of dead workers, by channel; each is told to one worker only."""
        flat = await self._run(BURY)
        return [(int(c), _unpack(p)) for c, p in zip(flat[::2], flat[1::2], strict=True)]

    async def _run(self, script: str, *arguments: Any) -> Any:
        return await self.scripts[script](keys=[self.key], args=arguments)


Store = MemoryStore | RedisStore


def _pack(players: Players) -> bytes:
    if not players:
        return b""
    return to_json([(p.id, p.name, p.x, p.y, p.score) for p in players.values()])


def _unpack(packed: bytes) -> dict[int, Player]:
    rows: Iterable[Any] = from_json(packed)
    return {row[0]: Player(*row) for row in rows}
