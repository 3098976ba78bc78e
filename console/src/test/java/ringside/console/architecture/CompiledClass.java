package ringside.console.architecture;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one compiled class says about others.
 *
 * @param name    binary name, with dots
 * @param classes every class that it names: in code, in descriptors and generic signatures, in annotations
 * @param members every field and method it uses, as {@code owner.nameDescriptor}, e.g.
 *                {@code java.lang.Thread.sleep(J)V}
 * @param texts   every text of its constant pool: names, descriptors and string literals alike
 */
record CompiledClass(String name, Set<String> classes, Set<String> members, Set<String> texts) {
    private static final Pattern IN_DESCRIPTOR = Pattern.compile("L([A-Za-z0-9_$/]+)[;<]");

    static CompiledClass parse(final byte[] bytes) {
        final ClassModel model = ClassFile.of().parse(bytes);
        final Set<String> classes = new TreeSet<>();
        final Set<String> members = new TreeSet<>();
        final Set<String> texts = new TreeSet<>();
        for (final PoolEntry entry : model.constantPool()) {
            switch (entry) {
                case ClassEntry type -> addClass(classes, type.asInternalName());
                case MemberRefEntry member -> members.add(member.owner().asInternalName().replace('/', '.') + "."
                    + member.name().stringValue() + member.type().stringValue());
                case Utf8Entry text -> {
                    texts.add(text.stringValue());
                    addDescriptor(classes, text.stringValue());
                }
                default -> { }
            }
        }
        final String name = model.thisClass().asInternalName().replace('/', '.');
        classes.remove(name);
        return new CompiledClass(name, classes, members, texts);
    }

    private static void addClass(final Set<String> classes, final String internalName) {
        if (internalName.startsWith("[")) {
            addDescriptor(classes, internalName);
        } else {
            classes.add(internalName.replace('/', '.'));
        }
    }

    private static void addDescriptor(final Set<String> classes, final String text) {
        for (final Matcher type = IN_DESCRIPTOR.matcher(text); type.find();) {
            classes.add(type.group(1).replace('/', '.'));
        }
    }

    String packageName() {
        return packageOf(name);
    }

    static String packageOf(final String className) {
        return className.substring(0, Math.max(0, className.lastIndexOf('.')));
    }

    /** The class itself or the one it is nested in. */
    String outermost() {
        final int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }
}
