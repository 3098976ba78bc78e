/**
 * Typed, read-only views of what lies in a machine's memory while Bantam runs: threads, queues, endpoints, address
 * spaces, locks and shared rings, decoded by the layouts that kernel and Java share, and histories made of probes.
 *
 * <p>A view is what was there when it was taken, between two instructions. Nothing here writes to the guest.
 */
package ringside.fastpath.view;
