package ringside.fastpath.claim;

import java.util.List;
import ringside.fastpath.lab.Verdict;

/** What one rule says to the rows that it names: by what an experiment measured, or by the schedules of a structure. */
public sealed interface Finding permits Measured, Searched {
    /** {@return the name of the experiment or the structure that declares the rule} */
    String experiment();

    /** {@return the rows that the rule names} */
    List<String> rows();

    /** {@return what is claimed, in words} */
    String text();

    /** {@return what the runs say} */
    Verdict verdict();
}
