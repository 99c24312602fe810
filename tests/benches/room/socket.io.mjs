// The peer of the room benchmark: a poll in memory behind socket.io, as one would write it for a live room.
//
// A vote is taken once a viewer and acknowledged with the number of the change; the tally goes to everybody at once when it was quiet,
// then four times a second at most, as in the room server. Nothing is written to a disk. Prints its port.
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const TICK_MS = 250;
const OPTIONS = 4;

const http = createServer();
const io = new Server(http, { transports: ['websocket'], serveClient: false });
const votes = Array(OPTIONS).fill(0);
const ballots = new Map();
let rev = 0;
let timer;
let changed = false;

function publish() {
  changed = false;
  io.emit('tally', { rev, voters: ballots.size, votes });
  timer = setTimeout(() => {
    timer = undefined;
    if (changed) publish();
  }, TICK_MS);
}

io.on('connection', (socket) => {
  socket.emit('tally', { rev, voters: ballots.size, votes });
  socket.on('vote', ({ viewer, id, choice }, answer) => {
    if (typeof viewer !== 'string' || typeof id !== 'string' || !Number.isInteger(choice) || votes[choice - 1] === undefined) {
      return answer({ id, ok: false });
    }
    const before = ballots.get(viewer);
    if (before) return answer({ id, ok: before.id === id, position: before.position });
    votes[choice - 1] += 1;
    rev += 1;
    ballots.set(viewer, { id, choice, position: rev });
    changed = true;
    if (!timer) publish();
    return answer({ id, ok: true, position: rev });
  });
});

http.listen(0, '127.0.0.1', () => console.log(http.address().port));
process.stdin.on('end', () => process.exit(0));
process.stdin.resume();
