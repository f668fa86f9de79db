"""Lua scripts for the frontier's steps in Redis, each of them atomic.

Every key begins with ``newscrawl:{NAME}:``, given as KEYS[1] without its end:

| key | what it is |
|---|---|
| ``run`` | hash: of the run that is under way; deleted at its end |
| ``finished`` | token of the last run that came to its end |
| ``seen`` | set: fingerprints of all pages that were asked for in the run |
| ``requests`` | hash: number of a request to the request; one that is done is deleted |
| ``queue:SITE`` | sorted set: numbers of a site's requests, in the order of their turn |
| ``free`` | sorted set: sites that have requests and no worker |
| ``owner`` | hash: site to the worker that has it |
| ``held:WORKER`` | set: the sites of a worker |
| ``workers`` | sorted set: workers by the end of their lease, in milliseconds |
| ``starting`` | set: workers that still read their start addresses |
| ``status`` | hash: worker to what it says of itself |
| ``hosts`` | hash: what holds for a host whoever asks it: pace, pause, budget |
"""

from __future__ import annotations

_COMMON = """
local P = KEYS[1]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local function let_go(worker, site)
  if redis.call('HGET', P .. ':owner', site) == worker then
    redis.call('HDEL', P .. ':owner', site)
    if redis.call('ZCARD', P .. ':queue:' .. site) > 0 then
      redis.call('ZADD', P .. ':free', now, site)
    end
  end
  redis.call('SREM', P .. ':held:' .. worker, site)
end

local function bury(worker)
  for _, site in ipairs(redis.call('SMEMBERS', P .. ':held:' .. worker)) do
    let_go(worker, site)
  end
  redis.call('ZREM', P .. ':workers', worker)
  redis.call('SREM', P .. ':starting', worker)
  redis.call('HDEL', P .. ':status', worker)
end
"""

JOIN = (
    _COMMON
    + """
local token, targets, schema, layout = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
if redis.call('EXISTS', P .. ':run') == 0 then
  for _, name in ipairs({'seen', 'requests', 'free', 'owner', 'workers', 'starting'}) do
    if redis.call('EXISTS', P .. ':' .. name) == 1 then return {'foreign', name} end
  end
  redis.call('HSET', P .. ':run', 'program', 'newscrawl', 'layout', layout, 'token', token,
             'targets', targets, 'schema', schema, 'began', now, 'pages', 0, 'bytes', 0, 'done', 0)
end
return redis.call('HMGET', P .. ':run', 'program', 'layout', 'token', 'targets', 'schema')
"""
)
"""ARGV: token, targets, schema, layout. Returns those of the run under way, or of one begun now."""

TICK = (
    _COMMON
    + """
local worker, token, lease, starting, is_first = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
if redis.call('HGET', P .. ':run', 'token') ~= token then
  if redis.call('GET', P .. ':finished') == token then return {'finished'} end
  return {'gone'}
end
for _, dead in ipairs(redis.call('ZRANGEBYSCORE', P .. ':workers', '-inf', now)) do bury(dead) end
local is_new = not redis.call('ZSCORE', P .. ':workers', worker)
redis.call('ZADD', P .. ':workers', now + lease, worker)
redis.call('HSET', P .. ':status', worker, ARGV[6])
if starting == '1' then redis.call('SADD', P .. ':starting', worker)
else redis.call('SREM', P .. ':starting', worker) end
local pages = redis.call('HINCRBY', P .. ':run', 'pages', ARGV[7])
local bytes = redis.call('HINCRBY', P .. ':run', 'bytes', ARGV[8])
if redis.call('HLEN', P .. ':requests') == 0 and redis.call('SCARD', P .. ':starting') == 0 then
  redis.call('SET', P .. ':finished', token, 'EX', 604800)
  for _, each in ipairs(redis.call('ZRANGE', P .. ':workers', 0, -1)) do
    redis.call('DEL', P .. ':held:' .. each)
  end
  for _, name in ipairs({'run', 'seen', 'requests', 'free', 'owner', 'workers', 'starting',
                         'status'}) do
    redis.call('DEL', P .. ':' .. name)
  end
  return {'finished'}
end
local fewest, workers = nil, redis.call('ZRANGE', P .. ':workers', 0, -1)
for _, each in ipairs(workers) do
  local held = redis.call('SCARD', P .. ':held:' .. each)
  if not fewest or held < fewest then fewest = held end
end
local all = redis.call('HLEN', P .. ':owner') + redis.call('ZCARD', P .. ':free')
local wanted = math.ceil(all / #workers) - redis.call('SCARD', P .. ':held:' .. worker)
local taken = {}
if wanted > 0 then
  local popped = redis.call('ZPOPMIN', P .. ':free', wanted)
  for place = 1, #popped, 2 do
    redis.call('HSET', P .. ':owner', popped[place], worker)
    redis.call('SADD', P .. ':held:' .. worker, popped[place])
    taken[#taken + 1] = popped[place]
  end
end
local lost = 0
if is_new and is_first ~= '1' then lost = 1 end
return {'running', lost, fewest, pages, bytes, tostring(now), taken}
"""
)
"""ARGV: worker, token, lease in milliseconds, starting, is first, status, pages and bytes since.

Renews the lease of a worker and ends those that have run out; gives it free sites up to its share;
ends the run once nothing is left to do. Returns the word ``running``, ``finished`` or ``gone``;
then whether its own lease had run out, the fewest sites that a worker has, pages and bytes of the
run, the time, and the sites that it was given.
"""

ADD = (
    _COMMON
    + """
local token, site, number, place = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local request, fingerprint, worker = ARGV[5], ARGV[6], ARGV[7]
if redis.call('HGET', P .. ':run', 'token') ~= token then return -1 end
if fingerprint ~= '' and redis.call('SADD', P .. ':seen', fingerprint) == 0 then return 0 end
redis.call('HSET', P .. ':requests', number, request)
redis.call('ZADD', P .. ':queue:' .. site, place, number)
local owner = redis.call('HGET', P .. ':owner', site)
if owner == worker then return 2 end
if not owner then redis.call('ZADD', P .. ':free', 'NX', now, site) end
return 1
"""
)
"""ARGV: token, site, number, place in the queue, request, fingerprint or "", worker.

Returns 2 for a request that was added to a site of the worker's, 1 to another, 0 for one that was
seen, -1 where the run is no more.
"""

DONE = (
    _COMMON
    + """
for place = 2, #ARGV, 2 do
  redis.call('ZREM', P .. ':queue:' .. ARGV[place], ARGV[place + 1])
  local deleted = redis.call('HDEL', P .. ':requests', ARGV[place + 1])
  if deleted == 1 and redis.call('HGET', P .. ':run', 'token') == ARGV[1] then
    redis.call('HINCRBY', P .. ':run', 'done', 1)
  end
end
return 1
"""
)
"""ARGV: token, then site and number of each request that is done."""

LET_GO = _COMMON + "for place = 2, #ARGV do let_go(ARGV[1], ARGV[place]) end return 1"
"""ARGV: worker, sites."""

LEAVE = _COMMON + "bury(ARGV[1]) return 1"
"""ARGV: worker."""
