package ringside.emulator.device.apic;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import ringside.emulator.bus.MessageBus;

/**
 * The bus between the local APICs: finds who a message is for (Intel SDM volume 3, 11.6.2).
 *
 * <p>Messages arrive at once and in order. The lowest-priority one of several is the one with the lowest processor
 * priority, and among equals the one with the lowest number.
 */
public final class ApicBus implements MessageBus {
    private final List<LocalApic> apics = new ArrayList<>();
    private final List<IntConsumer> endListeners = new ArrayList<>();

    /** Makes a bus with nobody on it. */
    public ApicBus() {
    }

    void add(final LocalApic apic) {
        apics.add(apic);
    }

    /**
     * Adds somebody who hears the end of each level-triggered interrupt.
     *
     * @param listener told the vector
     */
    public void onEnd(final IntConsumer listener) {
        endListeners.add(listener);
    }

    void end(final int vector) {
        for (final IntConsumer listener : endListeners) {
            listener.accept(vector);
        }
    }

    @Override
    public void send(
            final int destination, final boolean logical, final int mode, final int vector, final boolean level) {
        if (mode == LOWEST_PRIORITY) {
            final LocalApic least = leastUrgent(destination, logical);
            if (least != null) {
                least.accept(FIXED, vector, level);
            }
            return;
        }
        for (final LocalApic apic : apics) {
            if (apic.isNamed(destination, logical)) {
                apic.accept(mode, vector, level);
            }
        }
    }

    private LocalApic leastUrgent(final int destination, final boolean logical) {
        LocalApic least = null;
        for (final LocalApic apic : apics) {
            final boolean named = apic.softwareEnabled() && apic.isNamed(destination, logical);
            if (named && (least == null || apic.processorPriority() < least.processorPriority())) {
                least = apic;
            }
        }
        return least;
    }

    /** To everybody but, if so wished, the sender. */
    void broadcast(final LocalApic sender, final boolean alsoSender, final int mode, final int vector) {
        for (final LocalApic apic : apics) {
            if (apic.enabled() && (alsoSender || apic != sender)) {
                apic.accept(mode == LOWEST_PRIORITY ? FIXED : mode, vector, false);
            }
        }
    }
}
