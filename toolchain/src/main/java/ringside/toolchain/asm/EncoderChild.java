package ringside.toolchain.asm;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import ringside.toolchain.natives.NativeLibraries;

/**
 * The main of the encoder process: lines in, encodings out, until the input ends.
 *
 * <p>It is a process of its own because Keystone calls {@code exit()} or crashes on some lines.
 */
final class EncoderChild {
    private EncoderChild() {
    }

    /** Serves {@link EncoderProtocol} on standard input and output. */
    public static void main(final String[] args) throws Throwable {
        final DataInputStream in =
                new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
        final DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
        final Keystone keystone;
        out.writeInt(EncoderProtocol.MAGIC);
        try {
            keystone = new Keystone(NativeLibraries.locate());
        } catch (final RuntimeException e) {
            out.writeUTF(String.valueOf(e.getMessage()));
            out.flush();
            return;
        }
        out.writeUTF("");
        out.flush();
        serve(in, out, keystone);
    }

    private static void serve(final DataInputStream in, final DataOutputStream out, final Keystone keystone)
            throws Throwable {
        while (true) {
            final int count;
            try {
                count = in.readInt();
            } catch (final EOFException e) {
                return;
            }
            final int[] bits = new int[count];
            final byte[][] lines = new byte[count][];
            for (int i = 0; i < count; i++) {
                bits[i] = in.readUnsignedByte();
                lines[i] = in.readNBytes(in.readUnsignedShort());
            }
            for (int i = 0; i < count; i++) {
                answer(out, keystone, bits[i], lines[i]);
            }
        }
    }

    private static void answer(final DataOutputStream out, final Keystone keystone, final int bits, final byte[] line)
            throws Throwable {
        final byte[] code = keystone.encode(bits, line);
        if (code == null) {
            out.writeByte(0);
            out.writeInt(keystone.error());
        } else {
            out.writeByte(code.length);
            out.write(code);
        }
        out.flush();
    }
}
