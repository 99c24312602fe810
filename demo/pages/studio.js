/* The desk's page: finds its key, gives it to the room, and shows beside the desk what viewers see. */

import { desk } from './key.js';
import { link, page, room, server, setUp } from './page.js';

link();
document.getElementById('name').textContent = room;
document.title = `Studio · ${room}`;
document.getElementById('address').value = page('/viewer');

const staff = document.getElementById('room');
const locked = document.getElementById('locked');

/** Says why there is no desk, and what to do. */
function lock(says) {
  document.getElementById('locked-says').textContent = says;
  locked.hidden = false;
}

setUp(document.getElementById('viewer'));
if (server === 'local:') {
  // A practice room is this browser's own: everybody may do everything.
  setUp(staff);
} else {
  const key = desk(server, room);
  // The token has to be there before the room says hello.
  key.token().then(
    (token) => {
      staff.tokenProvider = () => key.token();
      setUp(staff, { token });
    },
    (error) => {
      lock(error.message);
      setUp(staff);
    },
  );
}
