# Makes stratified.json, weighted.json and calibrated.json: invented firms, and what R says of them.
# Run once by hand where R is: Rscript tests/reference/survey/make_fixtures.R   (Debian: r-base-core r-cran-survey r-cran-jsonlite)
# The tests read the JSON only and need no R.
suppressPackageStartupMessages({ library(survey); library(jsonlite) })
options(survey.lonely.psu = "adjust")

here <- function() {
  file <- sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))
  if (length(file)) dirname(file) else "."
}

firms <- function(n, at) {
  index <- round(pmin(100, pmax(0, rnorm(n, at, 18))), 1)   # one decimal, so that there are ties
  data.frame(index = index, level = findInterval(index, c(20, 40, 60, 80)), staff = round(exp(rnorm(n, 3, 1))) + 1)
}

one <- function(object) list(value = as.numeric(coef(object)), se = as.numeric(SE(object)))
by <- function(formula, design) {
  table <- svyby(formula, ~sector, design, svymean)
  list(value = as.numeric(coef(table)), se = as.numeric(SE(table)))
}
median_of <- function(design) {
  found <- svyquantile(~index, design, 0.5, qrule = "school", interval.type = "mean")
  as.list(unname(found$index[1, 1:4]))                          # quantile, low, high, se
}

answers <- function(design) {
  sectors <- sort(unique(design$variables$sector))
  design <- update(design, high = as.numeric(level >= 2), led = as.numeric(sector == sectors[1]))
  contrasts <- list()
  if (is.null(design$postStrata)) {                             # svyby cannot give covariances of calibrated designs
    held <- svyby(~high, ~led, design, svymean, covmat = TRUE)
    pair <- svyby(~high, ~sector, design, svymean, covmat = TRUE)
    contrasts <- list(first_against_second = one(svycontrast(pair, c(1, -1, rep(0, length(sectors) - 2)))),
                      first_against_others = one(svycontrast(held, c(-1, 1))))
  }
  c(contrasts, list(
    sectors = sectors,
    levels = one(svymean(~factor(level, levels = 0:4), design)),
    at_least_2 = one(svymean(~high, design)),
    at_least_2_total = one(svytotal(~high, design)),
    at_least_2_by_sector = by(~high, design),
    index = one(svymean(~index, design)),
    index_by_sector = by(~index, design),
    staff_share = list(value = as.numeric(coef(svyratio(~I(staff * high), ~staff, design))),
                       se = as.numeric(SE(svyratio(~I(staff * high), ~staff, design)))),
    median = median_of(design),
    median_by_sector = lapply(sectors, function(s) median_of(subset(design, sector == s)))
  ))
}

keep <- function(name, data, results) {
  row.names(data) <- NULL
  body <- list(made_with = paste("R", getRversion(), "survey", packageVersion("survey")), firms = data, results = results)
  write(toJSON(body, dataframe = "columns", digits = NA, auto_unbox = TRUE, pretty = FALSE), file.path(here(), paste0(name, ".json")))
}

# 1. Strata are sector by size, drawn without replacement from a known frame.
set.seed(20260701)
frame <- data.frame(sector = rep(c("C", "F", "I"), each = 3), size = rep(c("medium", "small", "micro"), 3),
                    N = c(12, 60, 150, 9, 41, 300, 14, 33, 70), n = c(12, 25, 30, 5, 17, 40, 8, 12, 15))
one_stratum <- function(row) cbind(frame[rep(row, frame$n[row]), ], firms(frame$n[row], c(45, 30, 60)[(row + 2) %/% 3]))
data <- do.call(rbind, lapply(seq_len(nrow(frame)), one_stratum))
data$stratum <- paste(data$sector, data$size, sep = "|")
design <- svydesign(ids = ~1, strata = ~stratum, fpc = ~N, data = data)
data$weight <- as.numeric(weights(design))
keep("stratified", data, answers(design))

# 2. Strata are townships and the weights differ inside them; sectors cut across; no finite population.
set.seed(20260702)
data <- cbind(data.frame(stratum = rep(c("t1", "t2", "t3", "t4"), c(30, 22, 18, 35)),
                         sector = sample(c("C", "F", "I"), 105, TRUE, c(0.5, 0.3, 0.2))), firms(105, 42))
data$weight <- round(runif(105, 0.6, 9), 3)
keep("weighted", data, answers(svydesign(ids = ~1, strata = ~stratum, weights = ~weight, data = data)))

# 3. Drawn by township from a known frame, then weighted to sectors (post-stratified), or to sectors and sizes (raked).
set.seed(20260703)
data <- data.frame(stratum = rep(c("t1", "t2", "t3"), c(40, 36, 44)), N = rep(c(180, 90, 400), c(40, 36, 44)))
data$sector <- sample(c("C", "F", "I"), 120, TRUE, c(0.5, 0.3, 0.2))
data$size <- sample(c("medium", "small", "micro"), 120, TRUE)
data <- cbind(data, firms(120, 30 + 12 * (data$sector == "I") + 8 * (data$size == "medium")))
design <- svydesign(ids = ~1, strata = ~stratum, fpc = ~N, data = data)
data$weight <- as.numeric(weights(design))
sectors <- data.frame(sector = c("C", "F", "I"), Freq = c(310, 200, 160))
sizes <- data.frame(size = c("medium", "micro", "small"), Freq = c(150, 320, 200))
posted <- postStratify(design, ~sector, sectors)
raked <- rake(design, list(~sector, ~size), list(sectors, sizes), control = list(maxit = 200, epsilon = 1e-10))
keep("calibrated", data, list(
  sectors = setNames(as.list(sectors$Freq), sectors$sector), sizes = setNames(as.list(sizes$Freq), sizes$size),
  post_stratified = c(answers(posted), list(weights = as.numeric(weights(posted)))),
  raked = c(answers(raked), list(weights = as.numeric(weights(raked))))))
