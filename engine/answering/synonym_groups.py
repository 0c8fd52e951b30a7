"""English words that say the same in nearly every technical text, in groups: data for `engine.answering.synonyms`."""

from __future__ import annotations

SYNONYMS = """
need require
start begin commence
end finish terminate conclude
place put position
store save
keep hold contain include retain
build construct create generate produce make
remove delete erase
get obtain receive acquire take
send transmit
show demonstrate illustrate
use employ utilize apply exploit
execute run
call invoke
change modify alter
permit allow enable let
forbid prohibit disallow
prevent avoid
find locate discover
look search seek
compute calculate
choose select pick
handle manage treat
happen occur
answer respond reply
stay remain
help assist aid
try attempt
check test verify examine
split divide partition
join combine merge
link connect
gather collect
explain describe
invent devise introduce
prove show
protect guard
reduce decrease diminish lower shrink decrement
increase grow raise increment
rise increase
fall decrease drop
exchange swap interchange
discard drop
turn translate convert transform
move transfer
visit traverse
big large great
small little
fast quick rapid speedy
slow sluggish
whole entire complete
near close
adjacent neighboring neighbor
extra additional further
previous earlier prior
following subsequent next
important essential crucial vital
main principal primary chief
common frequent
usual typical
different distinct
similar alike
same identical
simple easy
difficult hard
new novel
arbitrary any
several multiple
numerous many
sufficient enough
correct right
wrong incorrect faulty
way manner method
method approach technique
error mistake fault bug
goal aim purpose objective
element item
node vertex
advantage benefit
drawback disadvantage
part portion piece
kind type sort
group set
speed velocity
cost expense
size length
amount quantity
rule principle
word term
device machine
processor cpu
program software
people person
author writer
mainly chiefly mostly primarily
immediate instant direct
eventual final
manual hand
depend rely rest base
guarantee ensure assure
represent denote stand
refer point
display present
notice detect recognize
improve better
optimal best
state status condition
sequence series
initial first
lookup search
consider regard view
accomplish achieve attain
mark label flag
mention cite
observe watch monitor
occupy fill
halt pause
resume continue proceed
preserve maintain
abort cancel
invert reverse
duplicate copy
attach append
extend expand widen
shorten abbreviate
specify state
assess evaluate judge
encounter face
react respond
accumulate collect
allocate assign
enclose surround
expose reveal
assume suppose presume
omit skip
retrieve fetch
repair fix correct
strengthen reinforce
vanish disappear
emerge appear
clear obvious evident
distant remote far
vast huge enormous
tiny minute
precise exact accurate
useful helpful handy
powerful strong
fragile brittle
rare scarce unusual
typical characteristic
ancient old
initial original
latest newest
higher larger greater bigger
parallel concurrent simultaneous
consecutive successive
individual single separate
partial incomplete
empty vacant
equal equivalent
major significant
beginning start
benefit gain
outcome consequence effect result
example instance case
idea concept notion
category class
portion share fraction
boundary border edge limit
location position place site
region area zone
route path
strategy policy
procedure routine
statement claim
requirement condition
restriction constraint limitation
issue problem trouble
barrier obstacle
conflict clash
gap hole
delay latency
author writer
creator inventor founder
scientist researcher
student pupil
company firm
citizen inhabitant
king monarch
illness disease
unlikely improbable
likely probable
deliberate intentional
forbid ban
again anew
suit fit appropriate
bad poor
ready prepared willing
accept take receive
touch access
flush discard
exist persist live
survive outlive persist
anyone whoever someone
trigger cause
cause induce provoke
scatter spread disperse distribute
apart separate
identical same
factor factorize decompose
simplify ease
long lengthy
short brief
evict expel remove
inform tell notify
accessible reachable available
unreachable inaccessible
alone solely only
solely only merely just
also too likewise
nevertheless nonetheless still yet
however but
although though
hence therefore thus consequently so
roughly approximately about almost
nearly almost
exactly precisely
rarely seldom infrequently
frequently often
normally usually generally commonly
additionally furthermore moreover
certain particular specific
sudden abrupt
permanent lasting durable persistent
temporary transient provisional
automatic automated
visible seen
hide conceal
reject refuse decline
accept approve
agree consent
arise stem originate
belong pertain
possess own have
lack miss
surpass exceed outgrow
overflow exceed
restrict limit confine constrain
separate isolate divide
distinguish differentiate discriminate
demand require
plan schedule
arrange order organize
enumerate list
double twice
triple thrice
reuse recycle
replace substitute supersede
update refresh renew
postpone defer delay
hurry accelerate
accelerate speed
decelerate slow
heighten increase raise
lessen reduce lower decrease
minimize minimise
maximize maximise
crash fail
recover restore
revert undo
confirm acknowledge verify
deny negate
contradict conflict
resemble alike similar
vary differ
spawn create start
destroy delete kill
terminate kill end
consume spend use
steer control govern
result outcome
comprise include cover
exclude omit
involve include entail
imply entail mean
denote mean signify
signal indicate show
suggest hint
unify merge unite
cheap inexpensive
expensive costly
safe secure
unsafe insecure
dangerous hazardous risky
wellknown famous
unknown unfamiliar
huge large
fundamental basic
basis foundation base
layer level tier
client customer
owner possessor
sender transmitter
recipient receiver
"""
"""Each line a group. A word may stand in several lines; the lines are not joined."""
