package cairn.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/// Which way dependencies may go. A rule here is an invariant of ARCHITECTURE.md.
final class ArchitectureTest {
    private static final int MOST_TYPES = 25;

    private final JavaClasses classes =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("cairn");

    @Test
    void multiformats_needs_nothing_but_the_jdk() {
        check(
                classes()
                        .that()
                        .resideInAPackage("cairn.multiformats..")
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage("cairn.multiformats..", "java.."));
    }

    @Test
    void dag_and_blockstore_never_meet() {
        check(forbid("cairn.dag..", "cairn.blockstore..", "cairn.hashes..", "cairn.node.."));
        check(forbid("cairn.blockstore..", "cairn.dag..", "cairn.hashes..", "cairn.node.."));
    }

    @Test
    void libp2p_knows_nothing_of_blocks_and_files() {
        check(
                forbid(
                        "cairn.libp2p..",
                        "cairn.dag..",
                        "cairn.blockstore..",
                        "cairn.hashes..",
                        "cairn.node.."));
        check(forbid("cairn.(dag|blockstore|hashes)..", "cairn.libp2p.."));
    }

    @Test
    void bitswap_knows_peers_and_blocks_and_no_dags_and_stores() {
        check(
                forbid(
                        "cairn.bitswap..",
                        "cairn.dag..",
                        "cairn.blockstore..",
                        "cairn.hashes..",
                        "cairn.node.."));
        check(forbid("cairn.(libp2p|dag|blockstore|hashes)..", "cairn.bitswap.."));
    }

    @Test
    void nothing_depends_on_what_is_built_on_it() {
        check(forbid("cairn.hashes..", "cairn.dag..", "cairn.blockstore..", "cairn.node.."));
        check(forbid("cairn.node..", "cairn.cli..", "cairn.rpc.."));
        check(forbid("cairn.rpc..", "cairn.cli.."));
    }

    /// The control API turns requests into calls of a node; it has no store and no DAGs of its own.
    @Test
    void rpc_stands_on_the_node_alone() {
        check(forbid("cairn.rpc..", "cairn.blockstore..", "cairn.dag..", "cairn.hashes.."));
        check(forbid("cairn.rpc.server..", "cairn.libp2p..", "cairn.rpc.network.."));
        check(forbid("cairn.rpc.client..", "cairn.libp2p..", "cairn.rpc.server.."));
        check(forbid("cairn.libp2p..", "cairn.rpc.."));
    }

    @Test
    void each_library_has_one_module() {
        check(onlyIn("cairn.blockstore..", "org.rocksdb.."));
        check(onlyIn("cairn.cli..", "picocli.."));
        check(onlyIn("cairn.rpc.server..", "io.javalin.."));
        check(onlyIn("cairn.rpc.server..", "org.eclipse.jetty.."));
        check(onlyIn("cairn.libp2p..", "io.netty.."));
        check(onlyIn("cairn.libp2p..", "org.xbill.."));
        check(onlyIn("cairn.(hashes|libp2p)..", "org.bouncycastle.."));
    }

    @Test
    void only_the_store_opens_its_database() {
        check(onlyIn("cairn.blockstore..", "cairn.blockstore.database"));
    }

    /// A store verified its blocks when it took them in; an identity CID is its block.
    @Test
    void unverified_blocks_come_from_stores_and_identity_cids_alone() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("cairn.blockstore..")
                        .should()
                        .callMethod(Block.class, "stored", Cid.class, byte[].class));
    }

    @Test
    void packages_have_no_cycles() {
        check(slices().matching("cairn.(**)").should().beFreeOfCycles());
    }

    @Test
    void packages_stay_small() {
        var sizes =
                classes.stream()
                        .filter(JavaClass::isTopLevelClass)
                        .filter(c -> !c.getSimpleName().equals("package-info"))
                        .collect(groupingBy(JavaClass::getPackageName));
        sizes.entrySet().removeIf(types -> types.getValue().size() <= MOST_TYPES);
        assertThat(sizes.keySet()).isEmpty();
    }

    private static ArchRule forbid(String from, String... to) {
        return noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(to);
    }

    private static ArchRule onlyIn(String module, String library) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(module)
                .and()
                .resideInAPackage("cairn..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }

    private void check(ArchRule rule) {
        rule.check(classes);
    }
}
