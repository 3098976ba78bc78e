/**
 * TOML files read key by key: what is missing, of another kind, out of range or unknown is refused with its place.
 *
 * <p>Knows nothing of what the files say.
 */
package ringside.profiler.toml;
