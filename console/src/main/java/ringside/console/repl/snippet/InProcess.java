package ringside.console.repl.snippet;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Map;
import java.util.stream.Stream;
import jdk.jshell.execution.LocalExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/** Runs snippets in this process, where they have a {@link SnippetProcess} in place of the process. */
final class InProcess implements ExecutionControlProvider {
    private static final ClassDesc PROCESS = ClassDesc.of(SnippetProcess.class.getName());
    private static final ClassDesc RUNTIME = ClassDesc.of("java.lang.Runtime");
    private static final MethodTypeDesc CODE = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int);
    private static final MethodTypeDesc STREAM = MethodTypeDesc.of(ClassDesc.of("java.io.PrintStream"));

    @Override
    public String name() {
        return "ringside";
    }

    @Override
    public ExecutionControl generate(final ExecutionEnv env, final Map<String, String> parameters) {
        return new Control();
    }

    private static final class Control extends LocalExecutionControl {
        Control() {
            super(InProcess.class.getClassLoader());
        }

        @Override
        public void load(final ClassBytecodes[] classes)
                throws ClassInstallException, NotImplementedException, EngineTerminationException {
            super.load(Stream.of(classes).map(one -> new ClassBytecodes(one.name(), apart(one.bytecodes())))
                .toArray(ClassBytecodes[]::new));
        }
    }

    private static byte[] apart(final byte[] bytes) {
        final ClassFile files = ClassFile.of();
        return files.transformClass(files.parse(bytes),
            ClassTransform.transformingMethodBodies((CodeTransform) InProcess::plain));
    }

    private static void plain(final CodeBuilder builder, final CodeElement element) {
        if (element instanceof FieldInstruction field && field.opcode() == Opcode.GETSTATIC
                && "java/lang/System".equals(field.owner().asInternalName())
                && field.name().stringValue().matches("out|err")) {
            builder.invoke(Opcode.INVOKESTATIC, PROCESS, "out", STREAM, false);
            return;
        }
        if (element instanceof InvokeInstruction call && call.type().stringValue().equals("(I)V")) {
            final String owner = call.owner().asInternalName();
            final String name = call.name().stringValue();
            if ("java/lang/System".equals(owner) && "exit".equals(name)) {
                builder.invoke(Opcode.INVOKESTATIC, PROCESS, "exit", CODE, false);
                return;
            }
            if ("java/lang/Runtime".equals(owner) && ("exit".equals(name) || "halt".equals(name))) {
                builder.invoke(Opcode.INVOKESTATIC, PROCESS, "exit", CODE.insertParameterTypes(0, RUNTIME), false);
                return;
            }
        }
        builder.with(element);
    }
}
