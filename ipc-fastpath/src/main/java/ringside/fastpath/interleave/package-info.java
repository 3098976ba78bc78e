/**
 * Every way in which a few CPUs can be interleaved, as far as it matters: schedules swept over each instruction, and
 * what the CPUs did held against the data structure's sequential rules.
 */
package ringside.fastpath.interleave;
