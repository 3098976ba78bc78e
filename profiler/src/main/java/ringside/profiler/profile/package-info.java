/**
 * Profiles: the event stream cut into windows between probes, and what each window cost; and a whole run, by address,
 * routine, phase, entry and chain of calls.
 *
 * <p>Depends on events and on an image's probes alone; never on an engine, a machine or a particular kernel.
 */
package ringside.profiler.profile;
