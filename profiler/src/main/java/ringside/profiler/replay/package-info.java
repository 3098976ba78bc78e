/** A machine whose run is recorded, and one that runs a recording again and is held against it. */
package ringside.profiler.replay;
