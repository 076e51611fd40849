"""Where presence is kept: in Redis, or in memory when one process serves alone.

In Redis each worker has a lease (a member of the sorted set `workers`, scored with the end of the
lease by Redis' own clock) and a hash of its users. A user's state is the strongest one over the
workers whose lease lives. Every change is one script, so that exactly one worker sees each user
come or go, and exactly one worker buries a dead one.
"""

from collections.abc import Iterable
from typing import Any, Literal, cast

from redis.asyncio import Redis
from redis.exceptions import RedisError

from realtime.wire import Presence as State

LEASE_SECONDS = 20  # a killed worker's users are offline after this and a heartbeat
STORE_TIMEOUT_SECONDS = 1.0
STORE_ERRORS = (RedisError, OSError, TimeoutError)

Setting = Literal["auto", "away", "busy"]
Change = tuple[int, State]

STATES: dict[Setting, State] = {"auto": "online", "away": "away", "busy": "busy"}

# KEYS[1]: the sorted set of leases. Keys of users' hashes are derived from it and a worker's name.
LIBRARY = """
local leases = KEYS[1]
local now = tonumber(redis.call('TIME')[1])
local function users_of(worker) return leases .. ':' .. worker end
local living
local function state_of(user)
  local state = 'offline'
  living = living or redis.call('ZRANGEBYSCORE', leases, now, '+inf')
  for _, worker in ipairs(living) do
    local here = redis.call('HGET', users_of(worker), user)
    if here == 'busy' or here == 'away' then return here end
    if here then state = here end
  end
  return state
end
local changed = {}
local function note(user, before)
  local after = state_of(user)
  if after ~= before then
    changed[#changed + 1] = user
    changed[#changed + 1] = after
  end
end
"""

# ARGV: the worker, its lease in seconds, then user and state ('' when gone) in turn.
WRITE = (
    LIBRARY
    + """
redis.call('ZADD', leases, now + ARGV[2], ARGV[1])
for i = 3, #ARGV, 2 do
  local user, state = ARGV[i], ARGV[i + 1]
  local before = state_of(user)
  if state == '' then redis.call('HDEL', users_of(ARGV[1]), user)
  else redis.call('HSET', users_of(ARGV[1]), user, state) end
  note(user, before)
end
return changed
"""
)

# ARGV: the worker, its lease in seconds. Returns whether the worker was known, then the changes.
BEAT = (
    LIBRARY
    + """
for _, dead in ipairs(redis.call('ZRANGEBYSCORE', leases, '-inf', now - 1)) do
  local users = redis.call('HGETALL', users_of(dead))
  redis.call('DEL', users_of(dead))
  redis.call('ZREM', leases, dead)
  for i = 1, #users, 2 do note(users[i], users[i + 1]) end
end
local known = redis.call('ZSCORE', leases, ARGV[1]) and 1 or 0
redis.call('ZADD', leases, now + ARGV[2], ARGV[1])
return {known, redis.call('HLEN', users_of(ARGV[1])), changed}
"""
)

# ARGV: users. Returns their states in order.
READ = (
    LIBRARY
    + """
local states = {}
for i, user in ipairs(ARGV) do states[i] = state_of(user) end
return states
"""
)

# Returns how many users are here, each once, over the workers whose lease lives.
COUNT = (
    LIBRARY
    + """
local here, count = {}, 0
for _, worker in ipairs(redis.call('ZRANGEBYSCORE', leases, now, '+inf')) do
  for _, user in ipairs(redis.call('HKEYS', users_of(worker))) do
    if not here[user] then here[user], count = true, count + 1 end
  end
end
return count
"""
)


class MemoryStore:
    """The users of this process."""

    def __init__(self) -> None:
        self.here: dict[int, State] = {}

    def write_locally(self, changes: dict[int, Setting | None]) -> list[Change]:
        changed = []
        for user_id, setting in changes.items():
            before = self.here.pop(user_id, "offline")
            if setting is not None:
                self.here[user_id] = STATES[setting]
            after = self.here.get(user_id, "offline")
            if after != before:
                changed.append((user_id, after))
        return changed

    def local_states(self, user_ids: Iterable[int]) -> dict[int, State]:
        return {user_id: self.here.get(user_id, "offline") for user_id in user_ids}

    async def write(self, changes: dict[int, Setting | None]) -> list[Change]:
        return self.write_locally(changes)

    async def states(self, user_ids: list[int]) -> dict[int, State]:
        return self.local_states(user_ids)

    async def count(self) -> int:
        return len(self.here)

    async def beat(self) -> list[Change]:
        return []


class RedisStore(MemoryStore):
    """The users of all workers; what is in memory is this worker's part, to be written again when
    Redis has lost it."""

    def __init__(self, url: str, worker: str, key: str = "presence:workers") -> None:
        super().__init__()
        self.worker, self.key = worker, key
        self.is_behind = False  # Redis: it was not told what happened here
        self.redis: Redis = Redis.from_url(
            url,
            decode_responses=True,
            socket_timeout=STORE_TIMEOUT_SECONDS,
            socket_connect_timeout=STORE_TIMEOUT_SECONDS,
        )
        self.scripts = {
            text: self.redis.register_script(text) for text in (WRITE, BEAT, READ, COUNT)
        }

    async def write(self, changes: dict[int, Setting | None]) -> list[Change]:
        settled = {u: STATES[s] if s else "" for u, s in changes.items()}
        flat = [word for pair in settled.items() for word in pair]
        try:
            changed = await self._run(WRITE, self.worker, LEASE_SECONDS, *flat)
        except STORE_ERRORS:
            self.is_behind = True
            raise
        self.write_locally(changes)
        return _pairs(changed)

    async def states(self, user_ids: list[int]) -> dict[int, State]:
        return dict(zip(user_ids, await self._run(READ, *user_ids), strict=True))

    async def count(self) -> int:
        return int(await self.scripts[COUNT](keys=[self.key]))

    async def beat(self) -> list[Change]:
        known, count, changed = await self._run(BEAT, self.worker, LEASE_SECONDS)
        if self.is_behind or not known or count != len(self.here):
            changed += await self._write_again()
        return _pairs(changed)

    async def _write_again(self) -> list[Any]:
        """Redis was restarted, flushed or out of reach, or took this worker for dead."""
        self.is_behind = True  # until all of it is written
        await self.redis.delete(f"{self.key}:{self.worker}")
        flat = [word for pair in self.here.items() for word in pair]
        changed = await self._run(WRITE, self.worker, LEASE_SECONDS, *flat)
        self.is_behind = False
        return changed

    async def _run(self, script: str, *arguments: Any) -> list[Any]:
        return cast(list[Any], await self.scripts[script](keys=[self.key], args=arguments))


def _pairs(flat: list[str]) -> list[Change]:
    return [(int(u), cast(State, s)) for u, s in zip(flat[::2], flat[1::2], strict=True)]


Store = MemoryStore | RedisStore
