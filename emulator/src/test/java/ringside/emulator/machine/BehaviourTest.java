package ringside.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import ringside.emulator.testing.Guest;
import ringside.emulator.testing.PlausibleGuest;

/** Recordings are replayed by builds of the same behaviour: its number must say when a machine does something else. */
class BehaviourTest {
    private static final String OF_BEHAVIOUR_1 =
            "53390 16607 7808018944571b92e19e665b3352f51c5d048f81375fbffc516a761a1ef9301c";

    @Test
    void behaviourIsTheNumberThatRecordingsOfTheseMachinesHave() {
        final Guest guest = PlausibleGuest.of(3, 2);
        try (Machine machine = guest.machine(MachineConfig.standard().withVcpus(2).withQuantum(500).withSeed(1))) {
            machine.run(Budget.steps(300_000));
            assertEquals(1, Machine.BEHAVIOUR, "this test holds the state of behaviour 1");
            assertEquals(OF_BEHAVIOUR_1, machine.steps() + " " + machine.cycles() + " " + machine.stateHash(),
                    "a machine does something else, or its state is written otherwise: count Machine.BEHAVIOUR on, and"
                    + " write down here what it does now (unless only this test's guest is another one)");
        }
    }
}
