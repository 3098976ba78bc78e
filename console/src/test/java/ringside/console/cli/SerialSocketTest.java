package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.emulator.machine.InputSource;

class SerialSocketTest {
    @TempDir
    private Path directory;

    private static Socket connect(final SerialSocket socket) throws IOException {
        final String address = socket.address();
        return new Socket(InetAddress.getByName("127.0.0.1"), Integer.parseInt(address.substring("tcp:".length())));
    }

    private static int idle(final SerialSocket socket) {
        return socket.poll(0, true);
    }

    @Test
    void whoConnectsAndLeavesIsABreakAndWhatIsSentGoesBothWays() throws IOException {
        try (SerialSocket socket = SerialSocket.tcp(0, 2)) {
            assertEquals(InputSource.NOTHING, socket.poll(0, false));
            try (Socket peer = connect(socket)) {
                assertEquals(InputSource.BREAK, idle(socket));
                peer.getOutputStream().write(new byte[] {7, -1});
                assertEquals(7, idle(socket));
                assertEquals(255, idle(socket));
                assertEquals(InputSource.NOTHING, socket.poll(0, false));
                socket.send(1);
                socket.send(254);
                assertEquals(InputSource.NOTHING, socket.poll(0, false));
                assertArrayEquals(new byte[] {1, -2}, peer.getInputStream().readNBytes(2));
            }
            assertEquals(InputSource.BREAK, idle(socket));
            assertFalse(socket.isEnded());
            connect(socket).close();
            assertEquals(InputSource.BREAK, idle(socket));
            assertEquals(InputSource.BREAK, idle(socket));
            assertEquals(InputSource.END, idle(socket));
            assertTrue(socket.isEnded());
        }
    }

    @Test
    void theGuestsBreakEndsTheConnectionBehindWhatItSent() throws IOException {
        try (SerialSocket socket = SerialSocket.tcp(0, 2); Socket peer = connect(socket)) {
            assertEquals(InputSource.BREAK, idle(socket));
            peer.getOutputStream().write(new byte[100]);
            assertEquals(0, idle(socket));
            socket.send(9);
            socket.sendBreak();
            assertEquals(9, peer.getInputStream().read());
            assertEquals(InputSource.NOTHING, socket.poll(0, false), "what it had still sent is dropped");
        }
    }

    @Test
    void whoTakesNothingIsNotHeardAndThenCutOff() throws IOException {
        try (SerialSocket socket = SerialSocket.tcp(0, 1); Socket peer = connect(socket)) {
            peer.getOutputStream().write(1);
            assertEquals(InputSource.BREAK, idle(socket));
            // Until the kernel's buffers are full of what nobody reads, and then a bounded amount more.
            int sent = 0;
            while (!socket.isEnded() && sent < 64 << 20) {
                socket.send(sent++);
            }
            assertTrue(socket.isEnded(), "sent: " + sent);
            assertEquals(InputSource.BREAK, idle(socket));
            assertEquals(InputSource.END, idle(socket));
        }
    }

    @Test
    void aUnixSocketIsGoneAtTheEnd() throws IOException {
        final Path file = directory.resolve("line");
        try (SerialSocket socket = SerialSocket.unix(file, 1);
                SocketChannel peer = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            peer.connect(UnixDomainSocketAddress.of(file));
            peer.write(ByteBuffer.wrap(new byte[] {5}));
            assertEquals(InputSource.BREAK, idle(socket));
            assertEquals(5, idle(socket));
            assertEquals("unix:" + file, socket.address());
        }
        assertFalse(Files.exists(file));
    }
}
