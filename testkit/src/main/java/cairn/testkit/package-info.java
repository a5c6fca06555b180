/// Generated data and fakes that the tests and benchmarks of several modules share.
package cairn.testkit;
