/** The conformance suite: guest programs with golden results, on our machine and on the machines of others. */
package ringside.emulator.conformance;
