package ringside.console.repl.snippet;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.ExpressionSnippet;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.VarSnippet;

/** What came of a snippet, for people. */
final class SnippetText {
    private static final int MOST = 4000;
    private static final int FRAMES = 8;

    private SnippetText() {
    }

    /**
     * {@return what to say of a snippet that did its work: a line with its end, or nothing}
     *
     * @throws SnippetException when it did not
     */
    static String of(final JShell shell, final SnippetEvent event) {
        if (event.causeSnippet() != null) {
            return "";
        }
        if (event.status() == Snippet.Status.REJECTED) {
            throw new SnippetException(false, shell.diagnostics(event.snippet())
                .map(problem -> mistake(problem, event.snippet().source())).collect(Collectors.joining("; ")));
        }
        if (event.exception() != null) {
            throw new SnippetException(true, thrown(event.exception()));
        }
        if (event.snippet() instanceof DeclarationSnippet declaration && event.status() != Snippet.Status.VALID) {
            return declared(declaration) + " waits for what is not declared yet: "
                + shell.unresolvedDependencies(declaration).collect(Collectors.joining(", ")) + "\n";
        }
        return value(event);
    }

    private static String value(final SnippetEvent event) {
        final String value = event.value() == null ? "" : event.value();
        final String shown = value.length() > MOST ? value.substring(0, MOST) + "..." : value;
        return switch (event.snippet()) {
            case VarSnippet variable -> variable.name() + " ==> " + shown + "\n";
            case ExpressionSnippet expression -> value.isEmpty() ? "" : expression.name() + " ==> " + shown + "\n";
            case MethodSnippet method -> declared(method) + "\n";
            case TypeDeclSnippet type -> declared(type) + "\n";
            default -> "";
        };
    }

    private static String declared(final Snippet snippet) {
        return switch (snippet) {
            case MethodSnippet method -> method.name() + "(" + method.parameterTypes() + ")";
            case TypeDeclSnippet type -> type.subKind().name().toLowerCase(Locale.ROOT).replaceAll("_.*", "") + " "
                + type.name();
            default -> snippet.source().strip();
        };
    }

    private static String mistake(final Diag problem, final String source) {
        final int from = Math.clamp(problem.getStartPosition(), 0, source.length());
        final int to = Math.clamp(problem.getEndPosition(), from, source.length());
        final String where = source.substring(from, to).lines().findFirst().orElse("").strip();
        return problem.getMessage(Locale.ROOT).lines().map(line -> line.strip().replaceAll("\\s+", " "))
            .collect(Collectors.joining("; "))
            + (where.isEmpty() ? "" : ": " + where);
    }

    private static String thrown(final JShellException exception) {
        if (exception instanceof UnresolvedReferenceException missing) {
            return declared(missing.getSnippet()) + " cannot run: something that it names is not declared";
        }
        final EvalException thrown = (EvalException) exception;
        final StringBuilder text = new StringBuilder(thrown.getExceptionClassName());
        if (thrown.getMessage() != null) {
            text.append(": ").append(thrown.getMessage());
        }
        // The last frame of a snippet's own is the snippet, without a name; behind it is what calls snippets.
        Arrays.stream(thrown.getStackTrace()).takeWhile(frame -> !frame.getMethodName().isEmpty())
            .filter(frame -> !frame.getClassName().startsWith("ringside.console."))
            .limit(FRAMES).forEach(frame -> text.append("\n  at ").append(place(frame)));
        Throwable cause = thrown.getCause();
        for (int i = 0; cause != null && i < FRAMES; i++) {
            text.append("\n  caused by ").append(cause instanceof EvalException inner
                ? inner.getExceptionClassName() : cause.getClass().getName()).append(": ").append(cause.getMessage());
            cause = cause.getCause();
        }
        return text.toString();
    }

    private static String place(final StackTraceElement frame) {
        return (frame.getClassName().isEmpty() ? "" : frame.getClassName() + ".") + frame.getMethodName()
            + (frame.getLineNumber() > 0 ? ":" + frame.getLineNumber() : "");
    }
}
