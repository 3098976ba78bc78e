package ringside.profiler.export;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Perfetto's protobuf: descriptors of the tracks, the names, then an event a packet. */
final class PerfettoWriter {
    // Field numbers of perfetto/trace/{trace,trace_packet}.proto.
    private static final int TRACE_PACKET = 1;
    private static final int TIMESTAMP = 8;
    private static final int SEQUENCE = 10;
    private static final int TRACK_EVENT = 11;
    private static final int INTERNED_DATA = 12;
    private static final int SEQUENCE_FLAGS = 13;
    private static final int TRACK_DESCRIPTOR = 60;
    private static final int STATE_CLEARED = 1;
    private static final int NEEDS_STATE = 2;
    // perfetto/trace/track_event/track_descriptor.proto, {process,thread,counter}_descriptor.proto.
    private static final int TRACK_UUID = 1;
    private static final int TRACK_NAME = 2;
    private static final int PROCESS = 3;
    private static final int THREAD = 4;
    private static final int PARENT_UUID = 5;
    private static final int COUNTER = 8;
    private static final int PROCESS_PID = 1;
    private static final int PROCESS_NAME = 6;
    private static final int THREAD_PID = 1;
    private static final int THREAD_TID = 2;
    private static final int THREAD_NAME = 5;
    private static final int COUNTER_UNIT_NAME = 6;
    // perfetto/trace/interned_data/interned_data.proto, track_event.proto.
    private static final int EVENT_NAMES = 2;
    private static final int NAME_IID = 1;
    private static final int NAME = 2;
    private static final int EVENT_TYPE = 9;
    private static final int EVENT_NAME_IID = 10;
    private static final int EVENT_TRACK = 11;
    private static final int COUNTER_VALUE = 30;
    private static final int FLOW_IDS = 47;
    private static final int TERMINATING_FLOW_IDS = 48;
    private static final int SLICE_BEGIN = 1;
    private static final int SLICE_END = 2;
    private static final int INSTANT = 3;
    private static final int COUNTER_EVENT = 4;

    private static final long MACHINE = 1;
    private static final long FIRST_CPU = 100;
    private static final long FIRST_THREADS = 200;
    private static final long FIRST_COUNTER = 1000;
    private static final int PID = 1;

    private final CodedOutputStream out;
    private final List<String> names;
    private final boolean threads;
    private final List<String> queues;
    private int cpus;

    /**
     * Prepares to write.
     *
     * @param out     takes it
     * @param names   of slices and instants
     * @param threads whether each CPU has a lane of threads
     * @param queues  what counters beyond one for each CPU count
     */
    PerfettoWriter(final OutputStream out, final List<String> names, final boolean threads,
            final List<String> queues) {
        this.out = CodedOutputStream.newInstance(out);
        this.names = names;
        this.threads = threads;
        this.queues = queues;
    }

    /** The fields of one message. */
    @FunctionalInterface
    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    /**
     * Writes all of it.
     *
     * @param log   what happened
     * @param ends  clock of each CPU at the end
     * @param title of the machine's track
     */
    void write(final EventLog log, final long[] ends, final String title) throws IOException {
        track(MACHINE, 0, title, descriptor -> message(descriptor, PROCESS, process -> {
            process.writeInt32(PROCESS_PID, PID);
            process.writeString(PROCESS_NAME, title);
        }));
        cpus = ends.length;
        for (int cpu = 0; cpu < cpus; cpu++) {
            lane(FIRST_CPU + cpu, "CPU " + cpu, PID + 1 + cpu);
            if (threads) {
                lane(FIRST_THREADS + cpu, "CPU " + cpu + ", threads", PID + 1 + cpus + cpu);
            }
            counter(cpu, "entries into the kernel, CPU " + cpu);
        }
        for (int i = 0; i < queues.size(); i++) {
            counter(cpus + i, ProfiledGuest.plain(queues.get(i)));
        }
        packet(packet -> {
            packet.writeUInt32(SEQUENCE_FLAGS, STATE_CLEARED);
            message(packet, INTERNED_DATA, data -> {
                for (int i = 0; i < names.size(); i++) {
                    final int index = i;
                    message(data, EVENT_NAMES, name -> {
                        name.writeUInt64(NAME_IID, index + 1);
                        name.writeString(NAME, ProfiledGuest.plain(names.get(index)));
                    });
                }
            });
        });
        for (int i = 0; i < log.size(); i++) {
            event(log, i);
        }
        for (int lane = 0; lane < 2 * cpus; lane++) {
            // What was open when the log was full ends where its lane does.
            final long end = log.dropped() > 0 ? log.latest(lane) : ends[lane % cpus];
            for (int open = log.open(lane); open > 0; open--) {
                event(end, SLICE_END, track(lane), event -> { });
            }
        }
        out.flush();
    }

    private long track(final int lane) {
        return lane < cpus ? FIRST_CPU + lane : FIRST_THREADS + lane - cpus;
    }

    private void lane(final long uuid, final String name, final int number) throws IOException {
        track(uuid, MACHINE, name, descriptor -> message(descriptor, THREAD, thread -> {
            thread.writeInt32(THREAD_PID, PID);
            thread.writeInt32(THREAD_TID, number);
            thread.writeString(THREAD_NAME, name);
        }));
    }

    private void counter(final int number, final String name) throws IOException {
        track(FIRST_COUNTER + number, MACHINE, name, descriptor ->
            message(descriptor, COUNTER, counter -> counter.writeString(COUNTER_UNIT_NAME, ProbeEvents.unit())));
    }

    private void event(final EventLog log, final int index) throws IOException {
        final long track = track(log.cpu(index));
        final long time = log.time(index);
        final long value = log.value(index);
        final int name = log.name(index) + 1;
        switch (log.kind(index)) {
            case EventLog.BEGIN -> event(time, SLICE_BEGIN, track, event -> event.writeUInt64(EVENT_NAME_IID, name));
            case EventLog.END -> event(time, SLICE_END, track, event -> { });
            case EventLog.ARROW_OUT -> event(time, INSTANT, track, event -> {
                event.writeUInt64(EVENT_NAME_IID, name);
                event.writeFixed64(FLOW_IDS, value);
            });
            case EventLog.ARROW_IN -> event(time, INSTANT, track, event -> {
                event.writeUInt64(EVENT_NAME_IID, name);
                event.writeFixed64(TERMINATING_FLOW_IDS, value);
            });
            case EventLog.INSTANT -> event(time, INSTANT, track, event -> event.writeUInt64(EVENT_NAME_IID, name));
            default -> event(time, COUNTER_EVENT, FIRST_COUNTER + log.name(index),
                event -> event.writeInt64(COUNTER_VALUE, value));
        }
    }

    private void event(final long time, final int type, final long track, final Fields more) throws IOException {
        packet(packet -> {
            packet.writeUInt64(TIMESTAMP, time);
            packet.writeUInt32(SEQUENCE_FLAGS, NEEDS_STATE);
            message(packet, TRACK_EVENT, event -> {
                event.writeEnum(EVENT_TYPE, type);
                event.writeUInt64(EVENT_TRACK, track);
                more.write(event);
            });
        });
    }

    private void track(final long uuid, final long parent, final String name, final Fields kind) throws IOException {
        packet(packet -> message(packet, TRACK_DESCRIPTOR, descriptor -> {
            descriptor.writeUInt64(TRACK_UUID, uuid);
            if (parent != 0) {
                descriptor.writeUInt64(PARENT_UUID, parent);
            }
            descriptor.writeString(TRACK_NAME, name);
            kind.write(descriptor);
        }));
    }

    private void packet(final Fields fields) throws IOException {
        message(out, TRACE_PACKET, packet -> {
            packet.writeUInt32(SEQUENCE, 1);
            fields.write(packet);
        });
    }

    private static void message(final CodedOutputStream to, final int field, final Fields fields) throws IOException {
        final ByteArrayOutputStream inner = new ByteArrayOutputStream();
        final CodedOutputStream coded = CodedOutputStream.newInstance(inner);
        fields.write(coded);
        coded.flush();
        to.writeByteArray(field, inner.toByteArray());
    }
}
