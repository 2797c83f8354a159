#include "cli/json.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

using namespace wrought;
using namespace wrought::cli;
using Json = nlohmann::json;

namespace {

Json verified(Arguments arguments) {
  arguments["--quiet"] = {};
  const Options options = read_options(arguments);
  const Job job = job_with_inputs(options);
  return Json::parse(verification_json(job, options, verify(job, options)));
}

std::vector<std::string> keys(const Json& object) {
  std::vector<std::string> names;
  for (const auto& item : object.items()) names.push_back(item.key());
  return names;  // sorted
}

using Keys = std::vector<std::string>;

}  // namespace

TEST_CASE("json: the keys that scripts rely on, and no others") {
  const Json json =
      verified({{"TASK", {"lis"}}, {"SEQUENCE", {"3,1,2"}}, {"--attention", {"linear,standard"}}});
  CHECK(keys(json) == Keys{"params", "runs", "task", "tool", "verdict"});
  CHECK(keys(json["tool"]) == Keys{"name", "version"});
  REQUIRE(json["runs"].size() == 2);
  const Json& run = json["runs"][0];
  CHECK(keys(run) == Keys{"arithmetic", "attention", "inputs", "schedule", "seconds", "shape", "sharpness",
                          "size", "verdict"});
  CHECK(keys(run["shape"]) == Keys{"B", "D", "D_paper", "L", "ffn_width", "head_dim", "heads", "layers",
                                   "max_abs_weight", "parameters"});
  CHECK(keys(run["shape"]["parameters"]) == Keys{"dense", "nonzero"});
  CHECK(keys(run["inputs"][0]) == Keys{"answer", "expected", "margin", "sequences", "tokens", "verdict"});
}

TEST_CASE("json: exact numbers are strings, the rest are numbers") {
  const Json exact =
      verified({{"TASK", {"lis"}}, {"SEQUENCE", {"3,1,2"}}, {"--attention", {"linear"}}})["runs"][0];
  CHECK(exact["attention"] == "linear");
  CHECK(exact["size"] == 3);
  CHECK(exact["sharpness"].is_null());
  CHECK(exact["shape"]["max_abs_weight"].is_string());
  CHECK(exact["inputs"][0]["margin"] == "1/2");
  CHECK(exact["inputs"][0]["answer"] == 2);
  CHECK(exact["inputs"][0]["expected"] == 2);
  CHECK(exact["inputs"][0]["sequences"] == Json{"3,1,2"});

  const Json interval = verified({{"TASK", {"lis"}},
                                  {"SEQUENCE", {"3,1"}},
                                  {"--attention", {"sparse"}},
                                  {"--arithmetic", {"interval"}},
                                  {"--kappa", {"29/2"}}})["runs"][0];
  CHECK(interval["arithmetic"] == "interval:128");
  CHECK(interval["verdict"] == "verified");
  CHECK(interval["sharpness"]["kappa"] == "29/2");
  CHECK(interval["inputs"][0]["margin"].is_number());
}

TEST_CASE("json: a refuted run has no answer and says where it first differs") {
  const Json json = verified({{"TASK", {"lis"}},
                              {"SEQUENCE", {"3,1,2"}},
                              {"--attention", {"linear"}},
                              {"--arithmetic", {"double"}},
                              {"--kappa", {"1"}},
                              {"--tau", {"1"}},
                              {"--lambda", {"1"}}});
  CHECK(json["verdict"] == "refuted");
  const Json& input = json["runs"][0]["inputs"][0];
  CHECK(input["answer"].is_null());
  CHECK(input["expected"] == 2);
  CHECK(keys(input["first_difference"]) ==
        Keys{"coordinate", "expected", "found", "position", "reason", "token"});
}
