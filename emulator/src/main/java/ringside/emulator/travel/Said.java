package ringside.emulator.travel;

import java.util.Arrays;

/** What the first serial port sent: the latest bytes of it, up to a limit. */
final class Said {
    private static final int FIRST_ROOM = 1024;

    private final int most;
    private byte[] bytes;
    /** Number of the first byte that is kept, and of the one behind the last. */
    private int first;
    private int end;
    private int at;

    Said(final long most) {
        this.most = Math.clamp(most, 2, 1 << 30);
        bytes = new byte[Math.min(FIRST_ROOM, this.most)];
    }

    /** {@return bytes of memory that it takes} */
    long memory() {
        return bytes.length;
    }

    void send(final int value) {
        if (at == end) {
            if (end - first == bytes.length) {
                makeRoom();
            }
            bytes[end - first] = (byte) value;
            end++;
        }
        at++;
    }

    private void makeRoom() {
        if (bytes.length < most) {
            bytes = Arrays.copyOf(bytes, Math.min(2 * bytes.length, most));
        } else {
            final int forgotten = most / 2;
            System.arraycopy(bytes, forgotten, bytes, 0, end - first - forgotten);
            first += forgotten;
        }
    }

    /** {@return how many were sent before the place where the machine is} */
    int count() {
        return at;
    }

    /** {@return number of the first byte that is still known} */
    int known() {
        return first;
    }

    /** {@return those from a number on, or from the first that is known, to the place where the machine is} */
    byte[] from(final int number) {
        final int begin = Math.max(number, first);
        return begin >= at ? new byte[0] : Arrays.copyOfRange(bytes, begin - first, at - first);
    }

    /** The machine went to another place, where so many had been sent. */
    void at(final int number) {
        at = number;
    }

    /** What comes behind the place where the machine is has not been sent. */
    void cut() {
        end = at;
        first = Math.min(first, at);
    }

    /** Nothing was sent. */
    void begin() {
        first = 0;
        end = 0;
        at = 0;
    }
}
