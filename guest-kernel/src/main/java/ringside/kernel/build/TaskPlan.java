package ringside.kernel.build;

import java.util.List;
import java.util.stream.Stream;

/**
 * Which processes there are when the kernel hands over.
 *
 * <p>The first one is special: it has all memory as its quota, pays for everybody else, and the machine ends when it
 * exits, with its status as the exit value.
 *
 * @param standard whether the first tasks are those of {@code boot/tasks.asm}, with init as the first of them
 * @param tasks    others, behind the standard ones if there are any
 */
public record TaskPlan(boolean standard, List<Task> tasks) {
    /** What {@code boot/tasks.asm} says, and nothing else. */
    public static final TaskPlan STANDARD = new TaskPlan(true, List.of());

    /** Copies the list and refuses a plan without a first process. */
    public TaskPlan {
        tasks = List.copyOf(tasks);
        if (!standard && tasks.isEmpty()) {
            throw new IllegalArgumentException("there is a first process");
        }
    }

    /**
     * {@return a plan without the standard tasks, in which a machine runs nothing but these}
     *
     * @param first the first process
     * @param rest  the others, e.g. {@link Task#console()}
     */
    public static TaskPlan only(final Task first, final Task... rest) {
        return new TaskPlan(false, Stream.concat(Stream.of(first), Stream.of(rest)).toList());
    }

    /**
     * {@return this with one process more, behind all others}
     *
     * @param task it
     */
    public TaskPlan with(final Task task) {
        return new TaskPlan(standard, Stream.concat(tasks.stream(), Stream.of(task)).toList());
    }

    /** {@return the programs that the standard tasks do not bring, each once} */
    List<UserProgram> programs() {
        return tasks.stream()
                .flatMap(task -> task.programs().stream())
                .filter(program -> !standard || !KernelSources.programs().contains(program.name()))
                .distinct()
                .toList();
    }
}
